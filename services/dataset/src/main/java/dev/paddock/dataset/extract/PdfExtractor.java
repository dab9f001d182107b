package dev.paddock.dataset.extract;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.List;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.io.IOUtils;
import org.apache.pdfbox.io.RandomAccessReadBufferedFile;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.encryption.InvalidPasswordException;

/** PDF, page by page; lines set larger than the page's text are headings. At most {@value #MAX_PAGES} pages. */
final class PdfExtractor implements Extractor {
    static final int MAX_PAGES = 5_000;
    static final int MAX_CHARACTERS = 20_000_000;

    @Override
    public void extract(Path file, BlockSink sink) throws IOException {
        PdfBombScan.check(file);
        try (PDDocument document =
                Loader.loadPDF(new RandomAccessReadBufferedFile(file), IOUtils.createTempFileOnlyStreamCache())) {
            if (document.isEncrypted()) {
                throw new UnreadableDocumentException("the PDF is encrypted: save it without a password");
            }
            pages(document, sink);
        } catch (InvalidPasswordException e) {
            throw new UnreadableDocumentException("the PDF needs a password: save it without one", e);
        } catch (IOException | IllegalArgumentException | ClassCastException e) {
            throw new UnreadableDocumentException("the PDF is damaged: " + e.getMessage(), e);
        }
    }

    private static void pages(PDDocument document, BlockSink sink) throws IOException {
        int pages = document.getNumberOfPages();
        if (pages > MAX_PAGES) {
            throw new UnreadableDocumentException(
                    "the PDF has " + pages + " pages and at most " + MAX_PAGES + " are read: split it");
        }
        PdfBlocks blocks = new PdfBlocks(sink);
        long characters = 0;
        for (int page = 1; page <= pages; page++) {
            PdfPage text = new PdfPage(page);
            text.writeText(document, Writer.nullWriter());
            List<PdfLine> lines = text.lines();
            characters += lines.stream().mapToLong(line -> line.text().length()).sum();
            if (characters > MAX_CHARACTERS) {
                throw new UnreadableDocumentException(
                        "the PDF has more than " + MAX_CHARACTERS + " characters: split it");
            }
            blocks.page(lines);
        }
    }
}
