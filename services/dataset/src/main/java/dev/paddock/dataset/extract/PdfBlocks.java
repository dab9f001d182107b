package dev.paddock.dataset.extract;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Joins a document's lines to headings and paragraphs: a line is a heading when it is larger than most text so far. */
final class PdfBlocks {
    private static final float LARGER = 1.15f;
    private static final float MUCH_LARGER = 1.6f;
    private static final int HEADING_CHARACTERS = 200;

    private final BlockSink sink;
    private final Map<Integer, Long> charactersBySize = new TreeMap<>();
    private final StringBuilder paragraph = new StringBuilder();

    PdfBlocks(BlockSink sink) {
        this.sink = sink;
    }

    void page(List<PdfLine> lines) throws IOException {
        lines.forEach(line -> charactersBySize.merge(
                Math.round(line.size() * 2), (long) line.text().length(), Long::sum));
        float body = bodySize();
        for (PdfLine line : lines) {
            if (line.size() > body * LARGER && line.text().length() <= HEADING_CHARACTERS) {
                flush();
                sink.accept(new Block(line.size() > body * MUCH_LARGER ? 1 : 2, line.text()));
            } else {
                append(line);
            }
        }
        flush();
    }

    private void append(PdfLine line) throws IOException {
        boolean hyphenated = !paragraph.isEmpty() && paragraph.charAt(paragraph.length() - 1) == '-';
        if (hyphenated && Character.isLowerCase(line.text().charAt(0))) {
            paragraph.setLength(paragraph.length() - 1);
        } else if (!paragraph.isEmpty()) {
            paragraph.append(' ');
        }
        paragraph.append(line.text());
        if (line.paragraphEnd()) {
            flush();
        }
    }

    private void flush() throws IOException {
        if (!paragraph.isEmpty()) {
            sink.accept(Block.paragraph(paragraph.toString()));
            paragraph.setLength(0);
        }
    }

    private float bodySize() {
        return charactersBySize.entrySet().stream()
                        .max(Map.Entry.comparingByValue())
                        .map(Map.Entry::getKey)
                        .orElse(24)
                / 2f;
    }
}
