package dev.paddock.dataset.extract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.poi.xwpf.usermodel.XWPFDocument;
import org.apache.poi.xwpf.usermodel.XWPFParagraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DocumentKindTest {
    @TempDir
    private Path folder;

    @Test
    void markdownHtmlAndTextGiveHeadingsAndParagraphs() throws IOException {
        assertThat(extract("a.md", "# One\nfirst *text*\n\n- item\n\n| a | b |\n|---|---|\n| 1 | 2 |\n"))
                .startsWith(new Block(1, "One"), Block.paragraph("first text"), Block.paragraph("item"))
                .anyMatch(block -> block.text().contains("1") && block.text().contains("2"));
        assertThat(extract(
                        "a.html",
                        "<title>T</title><nav>menu</nav><h2>Two</h2><p>some <b>bold</b> text<p>more"
                                + "<table><tr><td>1<td>2</table><script>evil()</script>"))
                .containsExactly(
                        new Block(1, "T"),
                        new Block(2, "Two"),
                        Block.paragraph("some bold text"),
                        Block.paragraph("more"),
                        Block.paragraph("1 | 2"));
        assertThat(extract("a.txt", "Title\r\n\r\nfirst\r\nline.\r\n\r\n\r\nsecond."))
                .containsExactly(new Block(1, "Title"), Block.paragraph("first line."), Block.paragraph("second."));
    }

    @Test
    void wordGivesHeadingsByStyleAndTables() throws IOException {
        Path file = folder.resolve("a.docx");
        try (XWPFDocument document = new XWPFDocument();
                OutputStream out = Files.newOutputStream(file)) {
            XWPFParagraph heading = document.createParagraph();
            heading.setStyle("Heading2");
            heading.createRun().setText("Returns");
            document.createParagraph().createRun().setText("Within thirty days.");
            document.createTable(1, 2).getRow(0).getCell(0).setText("hall");
            document.write(out);
        }
        assertThat(extract(file))
                .containsExactly(
                        new Block(2, "Returns"), Block.paragraph("Within thirty days."), Block.paragraph("hall"));
    }

    @Test
    void aZipBombIsRefusedBeforeItIsUnpacked() throws IOException {
        Path bomb = folder.resolve("bomb.docx");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(bomb))) {
            zip.putNextEntry(new ZipEntry("word/document.xml"));
            byte[] zeros = new byte[1 << 20];
            for (int i = 0; i < 200; i++) {
                zip.write(zeros);
            }
        }
        assertThat(Files.size(bomb)).isLessThan(1 << 20);
        assertThatThrownBy(() -> extract(bomb))
                .isInstanceOf(UnreadableDocumentException.class)
                .hasMessageContaining("word/document.xml grows beyond");
    }

    @Test
    void aBombThatOnlyTheDirectoryNamesIsRefusedToo() throws IOException {
        Path bomb = folder.resolve("hidden.docx");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(bomb))) {
            zip.putNextEntry(new ZipEntry("small.xml"));
            zip.write('a');
            zip.putNextEntry(new ZipEntry("word/document.xml"));
            zip.write(new byte[60 << 20]);
        }
        byte[] bytes = Files.readAllBytes(bomb);
        int second = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("PK\u0003\u0004", 4);
        java.util.Arrays.fill(bytes, second, second + 4, (byte) 0);
        Files.write(bomb, bytes);
        assertThatThrownBy(() -> extract(bomb)).hasMessageContaining("word/document.xml grows beyond");
    }

    @Test
    void manyPartsAreRefusedBeforeTheirDirectoryIsRead() throws IOException {
        Path many = folder.resolve("many.docx");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(many))) {
            for (int part = 0; part <= 5_000; part++) {
                zip.putNextEntry(new ZipEntry("part" + part));
            }
        }
        assertThatThrownBy(() -> extract(many)).hasMessageContaining("more than 5000 parts");
    }

    @Test
    void whatLiesTooDeepInEachOtherIsRefused() throws IOException {
        for (String name : List.of("deep.html", "inline.html", "deep.md", "images.md")) {
            String content =
                    switch (name) {
                        case "deep.html" -> "<div>".repeat(100_000);
                        case "inline.html" -> "<b>".repeat(100_000) + "x";
                        case "deep.md" -> ">".repeat(20_000) + " x";
                        default -> "![".repeat(20_000) + "x" + "](a)".repeat(20_000);
                    };
            assertThatThrownBy(() -> extract(name, content))
                    .as(name)
                    .isInstanceOf(UnreadableDocumentException.class)
                    .hasMessageContaining("deep in each other");
        }
        assertThat(extract("shallow.html", "<div>".repeat(100) + "x")).containsExactly(Block.paragraph("x"));
    }

    @Test
    void whatIsNoDocumentIsNamed() throws IOException {
        Path zip = folder.resolve("a.zip");
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
            out.putNextEntry(new ZipEntry("a.txt"));
            out.write(1);
        }
        assertThatThrownBy(() -> extract(zip)).hasMessageContaining("no Word document");
        Path odt = folder.resolve("letter.docx");
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(odt))) {
            out.putNextEntry(new ZipEntry("mimetype"));
            out.write("application/vnd.oasis.opendocument.text".getBytes(StandardCharsets.US_ASCII));
            out.putNextEntry(new ZipEntry("content.xml"));
            out.write('x');
        }
        assertThatThrownBy(() -> extract(odt)).hasMessageContaining("no Word document");
        assertThatThrownBy(() -> extract("a.pdf", "hello")).hasMessageContaining("does not begin as");
        Path latin = Files.write(folder.resolve("latin.txt"), "Grüße".getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> extract(latin)).hasMessageContaining("save it as UTF-8");
    }

    private List<Block> extract(String name, String content) throws IOException {
        return extract(Files.writeString(folder.resolve(name), content));
    }

    static List<Block> extract(Path file) throws IOException {
        List<Block> blocks = new ArrayList<>();
        DocumentKind.of(String.valueOf(file.getFileName()), file).extract(file, blocks::add);
        return blocks;
    }
}
