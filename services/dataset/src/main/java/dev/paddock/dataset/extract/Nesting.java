package dev.paddock.dataset.extract;

import org.jspecify.annotations.Nullable;

/** How deep the elements of a document may lie in each other. */
final class Nesting {
    static final int DEEPEST = 500;

    private Nesting() {}

    static void refuseAt(int depth) {
        if (depth > DEEPEST) {
            throw tooDeep(null);
        }
    }

    static UnreadableDocumentException tooDeep(@Nullable Throwable cause) {
        return new UnreadableDocumentException(
                "the document's elements lie more than " + DEEPEST + " deep in each other: save it as plain text",
                cause);
    }
}
