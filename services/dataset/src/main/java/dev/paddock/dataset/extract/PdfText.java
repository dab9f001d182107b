package dev.paddock.dataset.extract;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.text.PDFTextStripper;
import org.apache.pdfbox.text.TextPosition;

/** Walks a document's pages once and hands each page's lines over, in reading order, within the limits. */
final class PdfText extends PDFTextStripper {
    private final PdfBlocks blocks;
    private final PdfBudget budget;
    private final List<PdfLine> lines = new ArrayList<>();
    private final StringBuilder line = new StringBuilder();
    private float size;
    private int pages;
    private long characters;

    PdfText(PdfBlocks blocks, PdfBudget budget) {
        this.blocks = blocks;
        this.budget = budget;
        setSortByPosition(true);
    }

    @Override
    public void processPage(PDPage page) throws IOException {
        PdfExtractor.refuseAbove(++pages);
        budget.nextPage();
        super.processPage(page);
    }

    @Override
    protected void writeString(String text, List<TextPosition> positions) {
        line.append(text);
        positions.forEach(position -> size = Math.max(size, position.getFontSizeInPt()));
        characters += text.length();
        if (characters > PdfExtractor.MAX_CHARACTERS) {
            throw new UnreadableDocumentException(
                    "the PDF has more than " + PdfExtractor.MAX_CHARACTERS + " characters: split it");
        }
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

    @Override
    protected void endPage(PDPage page) throws IOException {
        finish(true);
        blocks.page(lines);
        lines.clear();
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
