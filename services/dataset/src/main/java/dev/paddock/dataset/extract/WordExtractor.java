package dev.paddock.dataset.extract;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.apache.poi.UnsupportedFileFormatException;
import org.apache.poi.openxml4j.exceptions.InvalidFormatException;
import org.apache.poi.openxml4j.exceptions.OpenXML4JRuntimeException;
import org.apache.poi.openxml4j.opc.OPCPackage;
import org.apache.poi.openxml4j.util.ZipFileZipEntrySource;
import org.apache.poi.xwpf.usermodel.IBodyElement;
import org.apache.poi.xwpf.usermodel.XWPFDocument;
import org.apache.poi.xwpf.usermodel.XWPFParagraph;
import org.apache.poi.xwpf.usermodel.XWPFStyle;
import org.apache.poi.xwpf.usermodel.XWPFStyles;
import org.apache.poi.xwpf.usermodel.XWPFTable;
import org.apache.poi.xwpf.usermodel.XWPFTableRow;
import org.apache.xmlbeans.impl.values.XmlValueOutOfRangeException;
import org.jspecify.annotations.Nullable;

/** Word (docx): headings by their style's name or outline level, tables row by row. */
final class WordExtractor implements Extractor {
    private static final InflationScan LIMITS = new InflationScan(48L << 20, 256L << 20, 5_000);

    @Override
    public void extract(Path file, BlockSink sink) throws IOException {
        try (ZipFile zip = LIMITS.open(file);
                OPCPackage pack = OPCPackage.open(new ZipFileZipEntrySource(zip));
                XWPFDocument document = new XWPFDocument(pack)) {
            for (IBodyElement element : document.getBodyElements()) {
                if (element instanceof XWPFParagraph paragraph) {
                    accept(sink, level(document, paragraph), paragraph.getText());
                } else if (element instanceof XWPFTable table) {
                    table(table, sink);
                }
            }
        } catch (InvalidFormatException
                | OpenXML4JRuntimeException
                | UnsupportedFileFormatException
                | org.apache.poi.ooxml.POIXMLException
                | XmlValueOutOfRangeException e) {
            throw new UnreadableDocumentException("the file is no Word document (docx): " + e.getMessage(), e);
        }
    }

    private static void table(XWPFTable table, BlockSink sink) throws IOException {
        for (XWPFTableRow row : table.getRows()) {
            List<String> cells = row.getTableCells().stream()
                    .map(cell -> Tidy.line(cell.getText()))
                    .toList();
            accept(sink, 0, cells.stream().filter(cell -> !cell.isEmpty()).collect(Collectors.joining(" | ")));
        }
    }

    private static int level(XWPFDocument document, XWPFParagraph paragraph) {
        String id = paragraph.getStyle();
        if (id == null) {
            return 0;
        }
        @Nullable XWPFStyles styles = document.getStyles();
        @Nullable XWPFStyle style = styles == null ? null : styles.getStyle(id);
        String name = (style == null ? id : String.valueOf(style.getName())).toLowerCase(Locale.ROOT);
        if (name.equals("title")) {
            return 1;
        }
        return name.matches("heading ?[1-6]") ? name.charAt(name.length() - 1) - '0' : 0;
    }

    private static void accept(BlockSink sink, int level, String text) throws IOException {
        String line = Tidy.line(text);
        if (!line.isEmpty()) {
            sink.accept(new Block(level, line));
        }
    }
}
