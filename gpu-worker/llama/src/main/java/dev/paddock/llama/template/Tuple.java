package dev.paddock.llama.template;

import java.util.List;

/** A Python tuple. */
record Tuple(List<Object> elements) {
    static Tuple of(Object... elements) {
        return new Tuple(List.of(elements));
    }
}
