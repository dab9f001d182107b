package dev.paddock.dataset.recipe;

import java.util.List;

/**
 * The paragraphs under one heading of a document.
 *
 * @param number from 1 in the document
 * @param headings the document's title first, the section's own heading last
 */
record Section(int number, List<String> headings, List<String> paragraphs) {
    String heading() {
        return headings.get(headings.size() - 1);
    }

    String path() {
        return String.join(" › ", headings);
    }

    String text() {
        return String.join("\n\n", paragraphs);
    }
}
