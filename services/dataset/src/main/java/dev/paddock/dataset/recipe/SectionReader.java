package dev.paddock.dataset.recipe;

import dev.paddock.dataset.extract.Block;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Gathers a document's blocks to sections by its own headings; one section is held at a time. */
final class SectionReader {
    private static final int LONGEST = 200_000;

    /** Takes sections one by one. */
    interface Visitor {
        void visit(Section section) throws IOException;
    }

    private final String title;
    private final Visitor visitor;
    private final List<Block> path = new ArrayList<>();
    private final List<String> paragraphs = new ArrayList<>();
    private int characters;
    private int number;

    private SectionReader(String title, Visitor visitor) {
        this.title = title;
        this.visitor = visitor;
    }

    static void read(Sources.DocumentSource document, Visitor visitor) throws IOException {
        String title = document.name().replaceFirst("\\.[A-Za-z0-9]+$", "").replace('_', ' ');
        SectionReader reader = new SectionReader(title, visitor);
        document.blocks().forEach((position, block) -> reader.add(block));
        reader.flush();
    }

    private void add(Block block) throws IOException {
        if (block.heading()) {
            flush();
            path.removeIf(above -> above.level() >= block.level());
            path.add(block);
            return;
        }
        if (characters + block.text().length() > LONGEST) {
            flush();
        }
        paragraphs.add(block.text());
        characters += block.text().length();
    }

    private void flush() throws IOException {
        if (!paragraphs.isEmpty()) {
            List<String> headings = path.stream().map(Block::text).toList();
            boolean titled = !path.isEmpty() && path.get(0).level() == 1;
            List<String> all = titled
                    ? headings
                    : Stream.concat(Stream.of(title), headings.stream()).toList();
            visitor.visit(new Section(++number, all, List.copyOf(paragraphs)));
        }
        paragraphs.clear();
        characters = 0;
    }
}
