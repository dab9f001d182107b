package dev.paddock.llama.template;

import java.math.BigInteger;
import java.util.List;

/** What counts as true. */
final class Truth {
    private Truth() {}

    static boolean of(Object value) {
        if (value instanceof Boolean truth) {
            return truth;
        }
        if (value instanceof Long number) {
            return number != 0;
        }
        if (value instanceof BigInteger number) {
            return number.signum() != 0;
        }
        if (value instanceof Double number) {
            return number != 0;
        }
        if (value instanceof String text) {
            return !text.isEmpty();
        }
        if (value instanceof Markup markup) {
            return !markup.text().isEmpty();
        }
        if (value instanceof List<?> list) {
            return !list.isEmpty();
        }
        if (value instanceof Tuple tuple) {
            return !tuple.elements().isEmpty();
        }
        return ofContainer(value);
    }

    private static boolean ofContainer(Object value) {
        if (value instanceof Dict dict) {
            return dict.size() > 0;
        }
        if (value instanceof DictView view) {
            return !view.elements().isEmpty();
        }
        if (value instanceof Range range) {
            return range.length() > 0;
        }
        return value != None.NONE && !(value instanceof Undefined);
    }
}
