package dev.paddock.llama.template;

import java.util.ArrayList;
import java.util.List;

/**
 * Python's {@code json.dumps}, as transformers' {@code tojson} filter calls it.
 *
 * @param indent text of one level, or empty for none (then {@code lines} is false)
 */
record Json(
        boolean ascii,
        boolean lines,
        String indent,
        String itemSeparator,
        String keySeparator,
        boolean sortKeys,
        Budget budget) {

    String dumps(Object value) {
        StringBuilder out = new StringBuilder();
        write(value, 0, out);
        return out.toString();
    }

    private void write(Object value, int level, StringBuilder out) {
        int before = out.length();
        if (PythonTypes.isText(value)) {
            writeText(PythonText.requireText(value), out);
        } else if (value instanceof Dict dict) {
            writeDict(dict, level + 1, out);
        } else if (value instanceof List || value instanceof Tuple) {
            writeList(Iterables.elements(value), level + 1, out);
        } else {
            out.append(scalar(value));
        }
        budget.characters(out.length() - before);
    }

    private static String scalar(Object value) {
        if (value == None.NONE) {
            return "null";
        }
        if (value instanceof Boolean || PythonTypes.isInteger(value)) {
            return value.toString();
        }
        if (value instanceof Double number) {
            if (Double.isNaN(number)) {
                return "NaN";
            }
            return Double.isInfinite(number) ? (number > 0 ? "Infinity" : "-Infinity") : PythonFloat.repr(number);
        }
        throw new ChatTemplateException("Object of type " + PythonTypes.name(value) + " is not JSON serializable");
    }

    private void writeList(List<Object> elements, int level, StringBuilder out) {
        if (elements.isEmpty()) {
            out.append("[]");
            return;
        }
        budget.list(elements);
        budget.enter();
        out.append('[');
        String separator = "";
        for (Object element : elements) {
            out.append(separator);
            newline(level, out);
            write(element, level, out);
            separator = itemSeparator;
        }
        newline(level - 1, out);
        out.append(']');
        budget.leave();
    }

    private void writeDict(Dict dict, int level, StringBuilder out) {
        if (dict.size() == 0) {
            out.append("{}");
            return;
        }
        budget.elements(dict.size());
        budget.enter();
        out.append('{');
        String separator = "";
        for (Dict.Entry entry : sortKeys ? sorted(dict) : dict.entries()) {
            out.append(separator);
            newline(level, out);
            writeText(key(entry.key()), out);
            out.append(keySeparator);
            write(entry.value(), level, out);
            separator = itemSeparator;
        }
        newline(level - 1, out);
        out.append('}');
        budget.leave();
    }

    private List<Dict.Entry> sorted(Dict dict) {
        Dict byKey = new Dict();
        for (Object key : Ordering.sorted(dict.keys(), dict.keys(), false, budget)) {
            byKey.put(key, java.util.Objects.requireNonNull(dict.get(key)));
        }
        return new ArrayList<>(byKey.entries());
    }

    private static String key(Object key) {
        return PythonTypes.isText(key) ? PythonText.requireText(key) : scalar(key);
    }

    private void newline(int level, StringBuilder out) {
        if (lines) {
            budget.characters((long) indent.length() * level);
            out.append('\n').append(indent.repeat(level));
        }
    }

    private void writeText(String text, StringBuilder out) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char unit = text.charAt(i);
            switch (unit) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                case '\f' -> out.append("\\f");
                case '\b' -> out.append("\\b");
                default -> {
                    if (unit < ' ' || (ascii && unit > '~')) {
                        out.append(String.format("\\u%04x", (int) unit));
                    } else {
                        out.append(unit);
                    }
                }
            }
        }
        out.append('"');
    }
}
