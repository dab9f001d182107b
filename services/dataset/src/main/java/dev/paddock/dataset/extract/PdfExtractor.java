package dev.paddock.dataset.extract;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import org.apache.pdfbox.io.RandomAccessRead;
import org.apache.pdfbox.io.RandomAccessReadBufferedFile;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.encryption.InvalidPasswordException;

/** PDF, page by page; lines set larger than the page's text are headings. At most {@value #MAX_PAGES} pages. */
final class PdfExtractor implements Extractor {
    static final int MAX_PAGES = 5_000;
    static final int MAX_CHARACTERS = 20_000_000;

    @Override
    public void extract(Path file, BlockSink sink) throws IOException {
        PdfBudget budget = new PdfBudget();
        try (RandomAccessRead bytes = new RandomAccessReadBufferedFile(file);
                PDDocument document = new PdfReader(bytes, budget).parse()) {
            if (document.isEncrypted()) {
                throw new UnreadableDocumentException("the PDF is encrypted: save it without a password");
            }
            refuseAbove(document.getNumberOfPages());
            new PdfText(new PdfBlocks(sink), budget).writeText(document, Writer.nullWriter());
        } catch (InvalidPasswordException e) {
            throw new UnreadableDocumentException("the PDF needs a password: save it without one", e);
        } catch (IOException | IllegalArgumentException | ClassCastException e) {
            throw new UnreadableDocumentException("the PDF is damaged: " + e.getMessage(), e);
        }
    }

    static void refuseAbove(int pages) {
        if (pages > MAX_PAGES) {
            throw new UnreadableDocumentException(
                    "the PDF has " + pages + " pages and at most " + MAX_PAGES + " are read: split it");
        }
    }
}
