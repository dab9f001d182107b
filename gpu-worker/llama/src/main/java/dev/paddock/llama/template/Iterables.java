package dev.paddock.llama.template;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;

/** Iterating over values as Python does. */
final class Iterables {
    private static final int MAX_CHARACTERS = 1_000_000;

    private Iterables() {}

    static boolean isIterable(Object value) {
        return value instanceof Generator || value instanceof Loop || isSized(value);
    }

    /** Whether {@code len()} is defined. */
    static boolean isSized(Object value) {
        return value instanceof List
                || value instanceof Tuple
                || value instanceof Dict
                || value instanceof DictView
                || value instanceof Range
                || value instanceof Undefined
                || PythonTypes.isText(value);
    }

    static Iterator<Object> iterator(Object value) {
        if (value instanceof Generator generator) {
            return generator.iterator();
        }
        return value instanceof Range range
                ? range.stream().iterator()
                : elements(value).iterator();
    }

    /** All elements; a generator is used up. */
    @SuppressWarnings("unchecked")
    static List<Object> elements(Object value) {
        if (value instanceof List) {
            return (List<Object>) value;
        }
        if (value instanceof Tuple tuple) {
            return tuple.elements();
        }
        if (value instanceof Dict dict) {
            return dict.keys();
        }
        if (value instanceof DictView view) {
            return view.elements();
        }
        if (value instanceof Range range) {
            return range.elements();
        }
        if (value instanceof Undefined) {
            return List.of();
        }
        if (value instanceof Generator generator) {
            List<Object> all = new ArrayList<>();
            generator.iterator().forEachRemaining(all::add);
            return all;
        }
        if (PythonTypes.isText(value)) {
            return characters(PythonText.requireText(value));
        }
        throw new ChatTemplateException("'" + PythonTypes.name(value) + "' object is not iterable");
    }

    static long length(Object value) {
        if (!isSized(value)) {
            throw new ChatTemplateException("object of type '" + PythonTypes.name(value) + "' has no len()");
        }
        if (PythonTypes.isText(value)) {
            String text = PythonText.requireText(value);
            return text.codePointCount(0, text.length());
        }
        return value instanceof Range range ? range.length() : elements(value).size();
    }

    static List<Object> reversed(Object value) {
        if (value instanceof Generator || !isSized(value)) {
            throw new ChatTemplateException("'" + PythonTypes.name(value) + "' object is not reversible");
        }
        List<Object> reversed = new ArrayList<>(elements(value));
        Collections.reverse(reversed);
        return reversed;
    }

    private static List<Object> characters(String text) {
        if (text.length() > MAX_CHARACTERS) {
            throw new ChatTemplateException("iterating over more than " + MAX_CHARACTERS + " characters");
        }
        return text.codePoints().<Object>mapToObj(Character::toString).toList();
    }
}
