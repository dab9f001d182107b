package dev.paddock.dataset.extract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDStream;
import org.apache.pdfbox.pdmodel.encryption.AccessPermission;
import org.apache.pdfbox.pdmodel.encryption.StandardProtectionPolicy;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.apache.pdfbox.pdmodel.font.Standard14Fonts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PdfExtractorTest {
    static final PDFont FONT = new PDType1Font(Standard14Fonts.FontName.HELVETICA);

    @TempDir
    private Path folder;

    @Test
    void anOrdinaryPdfOf300PagesGivesHeadingsAndParagraphs() throws IOException {
        Path file = folder.resolve("a.pdf");
        try (PDDocument document = new PDDocument()) {
            for (int page = 1; page <= 300; page++) {
                page(document, page);
            }
            document.save(file.toFile());
        }
        List<Block> blocks = DocumentKindTest.extract(file);
        assertThat(blocks.stream().filter(Block::heading)).hasSize(300);
        assertThat(blocks.get(0)).isEqualTo(new Block(1, "Chapter 1"));
        assertThat(blocks.get(1).text())
                .startsWith("This is line 1 of page 1 and")
                .contains("line 30 of page 1");
        assertThat(inAHeapOf48MiB(file)).isEqualTo(blocks.size() + " blocks");
    }

    private static String inAHeapOf48MiB(Path file) throws IOException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx48m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ExtractMain.class.getName(),
                        file.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        return process.inputReader().lines().reduce((first, last) -> last).orElse("nothing");
    }

    private static void page(PDDocument document, int number) throws IOException {
        PDPage page = new PDPage();
        document.addPage(page);
        try (PDPageContentStream content = new PDPageContentStream(document, page)) {
            content.beginText();
            content.setFont(FONT, 20);
            content.newLineAtOffset(50, 740);
            content.showText("Chapter " + number);
            content.setFont(FONT, 10);
            for (int line = 1; line <= 30; line++) {
                content.newLineAtOffset(0, line == 1 ? -40 : -12);
                content.showText("This is line " + line + " of page " + number + " and has some more words.");
            }
            content.endText();
        }
    }

    @Test
    void aPageBombIsRefusedBeforeItIsDecoded() throws IOException {
        Path file = folder.resolve("bomb.pdf");
        try (PDDocument document = new PDDocument()) {
            PDPage page = new PDPage();
            document.addPage(page);
            PDStream stream = new PDStream(document);
            try (OutputStream out = stream.createOutputStream(COSName.FLATE_DECODE)) {
                byte[] spaces = " ".repeat(1 << 20).getBytes(StandardCharsets.US_ASCII);
                for (int i = 0; i < 100; i++) {
                    out.write(spaces);
                }
            }
            page.setContents(stream);
            document.save(file.toFile());
        }
        assertThat(Files.size(file)).isLessThan(1 << 20);
        assertThatThrownBy(() -> DocumentKindTest.extract(file))
                .isInstanceOf(UnreadableDocumentException.class)
                .hasMessageContaining("grow beyond");
    }

    @Test
    void tooManyPagesAPasswordAndDamageAreNamed() throws IOException {
        Path many = folder.resolve("many.pdf");
        Path secret = folder.resolve("secret.pdf");
        try (PDDocument document = new PDDocument()) {
            page(document, 1);
            document.protect(new StandardProtectionPolicy("owner", "user", new AccessPermission()));
            document.save(secret.toFile());
        }
        try (PDDocument document = new PDDocument()) {
            for (int page = 0; page <= PdfExtractor.MAX_PAGES; page++) {
                document.addPage(new PDPage());
            }
            document.save(many.toFile());
        }
        assertThatThrownBy(() -> DocumentKindTest.extract(many)).hasMessageContaining("5001 pages");
        assertThatThrownBy(() -> DocumentKindTest.extract(secret)).hasMessageContaining("password");
        Path cut = Files.write(folder.resolve("cut.pdf"), java.util.Arrays.copyOf(Files.readAllBytes(many), 3_000));
        assertThatThrownBy(() -> DocumentKindTest.extract(cut)).isInstanceOf(UnreadableDocumentException.class);
        Path nothing = Files.writeString(folder.resolve("nothing.pdf"), "%PDF-1.7\nhello");
        assertThatThrownBy(() -> DocumentKindTest.extract(nothing)).isInstanceOf(UnreadableDocumentException.class);
    }
}
