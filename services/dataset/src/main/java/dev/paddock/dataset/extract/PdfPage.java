package dev.paddock.dataset.extract;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.pdfbox.text.PDFTextStripper;
import org.apache.pdfbox.text.TextPosition;

/** The lines of one page in reading order. */
final class PdfPage extends PDFTextStripper {
    private final List<PdfLine> lines = new ArrayList<>();
    private final StringBuilder line = new StringBuilder();
    private float size;

    PdfPage(int page) {
        setSortByPosition(true);
        setStartPage(page);
        setEndPage(page);
    }

    List<PdfLine> lines() {
        finish(true);
        return lines;
    }

    @Override
    protected void writeString(String text, List<TextPosition> positions) {
        line.append(text);
        positions.forEach(position -> size = Math.max(size, position.getFontSizeInPt()));
    }

    @Override
    protected void writeWordSeparator() {
        line.append(' ');
    }

    @Override
    protected void writeLineSeparator() {
        finish(false);
    }

    @Override
    protected void writeParagraphEnd() throws IOException {
        finish(true);
        super.writeParagraphEnd();
    }

    private void finish(boolean paragraphEnd) {
        String text = Tidy.line(line.toString());
        if (!text.isEmpty()) {
            lines.add(new PdfLine(text, size, paragraphEnd));
        } else if (paragraphEnd && !lines.isEmpty()) {
            PdfLine last = lines.remove(lines.size() - 1);
            lines.add(new PdfLine(last.text(), last.size(), true));
        }
        line.setLength(0);
        size = 0;
    }
}
