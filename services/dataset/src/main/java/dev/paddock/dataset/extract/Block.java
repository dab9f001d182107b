package dev.paddock.dataset.extract;

/**
 * A piece of a document in reading order.
 *
 * @param level 1 to 6 for a heading, 0 for a paragraph
 */
public record Block(int level, String text) {
    public static Block paragraph(String text) {
        return new Block(0, text);
    }

    public boolean heading() {
        return level > 0;
    }
}
