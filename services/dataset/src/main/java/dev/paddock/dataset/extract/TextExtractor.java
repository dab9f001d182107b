package dev.paddock.dataset.extract;

import java.io.IOException;
import java.nio.file.Path;

/** Plain text: paragraphs are divided by empty lines; a short first line alone is the title. */
final class TextExtractor implements Extractor {
    private static final int TITLE_CHARACTERS = 100;

    @Override
    public void extract(Path file, BlockSink sink) throws IOException {
        boolean first = true;
        for (String part : TextFile.read(file).replaceAll("\\R", "\n").split("\n[ \\t]*\n+", -1)) {
            String text = Tidy.line(part);
            if (text.isEmpty()) {
                continue;
            }
            boolean title = first && text.length() <= TITLE_CHARACTERS && !text.endsWith(".");
            sink.accept(title ? new Block(1, text) : Block.paragraph(text));
            first = false;
        }
    }
}
