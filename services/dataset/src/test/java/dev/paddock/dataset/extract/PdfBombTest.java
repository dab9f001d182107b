package dev.paddock.dataset.extract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSStream;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.common.PDStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Small files that want to become large. */
class PdfBombTest {
    private static final int MIB = 1 << 20;

    @TempDir
    private Path folder;

    @Test
    void aPageThatCallsItselfAnImageIsCountedLikeAnyOther() throws IOException {
        Path file = save(document -> {
            PDStream content = spaces(document, 100);
            content.getCOSObject().setItem(COSName.SUBTYPE, COSName.IMAGE);
            page(document).setContents(content);
        });
        assertThatThrownBy(() -> DocumentKindTest.extract(file)).hasMessageContaining("grow beyond");
    }

    @Test
    void filtersBehindALongDictionaryAreSeen() throws IOException {
        Path file = save(document -> {
            COSStream content = document.getDocument().createCOSStream();
            COSArray filters = new COSArray();
            filters.add(COSName.FLATE_DECODE);
            filters.add(COSName.ASCII_HEX_DECODE);
            try (OutputStream out = content.createOutputStream(filters)) {
                write(out, 100);
            }
            content.setString(COSName.getPDFName("Zz"), "x".repeat(3_000));
            page(document).setContents(new PDStream(content));
        });
        assertThatThrownBy(() -> DocumentKindTest.extract(file)).hasMessageContaining("grow beyond");
    }

    @Test
    void aStreamThatIsReadAgainCountsAgain() throws IOException {
        Path file = save(document -> {
            COSArray contents = new COSArray();
            COSStream stream = spaces(document, 40).getCOSObject();
            for (int i = 0; i < 10; i++) {
                contents.add(stream);
            }
            page(document).getCOSObject().setItem(COSName.CONTENTS, contents);
        });
        assertThatThrownBy(() -> DocumentKindTest.extract(file)).hasMessageContaining("one page's streams");
    }

    @Test
    void aPageThatStandsInTheTreeAgainAndAgainIsCountedEachTime() throws IOException {
        Path file = save(document -> {
            PDPage page = page(document);
            page.setContents(text(document, COSName.FLATE_DECODE));
            COSDictionary tree = document.getPages().getCOSObject();
            COSArray kids = new COSArray();
            for (int i = 0; i <= PdfExtractor.MAX_PAGES; i++) {
                kids.add(page.getCOSObject());
            }
            tree.setItem(COSName.KIDS, kids);
            tree.setInt(COSName.COUNT, 1);
        });
        assertThatThrownBy(() -> DocumentKindTest.extract(file)).hasMessageContaining("5001 pages");
    }

    @Test
    void textInAnyOfPdfsPackingsIsRead() throws IOException {
        Path file = save(document -> {
            COSArray twice = new COSArray();
            twice.add(COSName.ASCII85_DECODE);
            twice.add(COSName.LZW_DECODE);
            page(document).setContents(text(document, twice));
            page(document).setContents(text(document, COSName.ASCII_HEX_DECODE));
        });
        assertThat(DocumentKindTest.extract(file)).containsExactly(Block.paragraph("old"), Block.paragraph("old"));
    }

    private interface Filling {
        void fill(PDDocument document) throws IOException;
    }

    private Path save(Filling filling) throws IOException {
        Path file = folder.resolve("a.pdf");
        try (PDDocument document = new PDDocument()) {
            filling.fill(document);
            document.save(file.toFile());
        }
        assertThat(Files.size(file)).isLessThan(MIB);
        return file;
    }

    private static PDPage page(PDDocument document) {
        PDPage page = new PDPage();
        document.addPage(page);
        return page;
    }

    private static PDStream spaces(PDDocument document, int mebibytes) throws IOException {
        PDStream stream = new PDStream(document);
        try (OutputStream out = stream.createOutputStream(COSName.FLATE_DECODE)) {
            write(out, mebibytes);
        }
        return stream;
    }

    private static void write(OutputStream out, int mebibytes) throws IOException {
        byte[] spaces = " ".repeat(MIB).getBytes(StandardCharsets.US_ASCII);
        for (int i = 0; i < mebibytes; i++) {
            out.write(spaces);
        }
    }

    private static PDStream text(PDDocument document, org.apache.pdfbox.cos.COSBase filter) throws IOException {
        PDPage written = new PDPage();
        try (var content = new org.apache.pdfbox.pdmodel.PDPageContentStream(document, written)) {
            content.beginText();
            content.setFont(PdfExtractorTest.FONT, 10);
            content.newLineAtOffset(50, 700);
            content.showText("old");
            content.endText();
        }
        document.getPages().forEach(page -> page.setResources(written.getResources()));
        COSStream packed = document.getDocument().createCOSStream();
        try (OutputStream out = packed.createOutputStream(filter);
                var plain = written.getContents()) {
            plain.transferTo(out);
        }
        return new PDStream(packed);
    }
}
