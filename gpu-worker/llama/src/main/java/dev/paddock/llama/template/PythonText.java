package dev.paddock.llama.template;

import java.math.BigInteger;
import java.util.List;

/** Python's {@code str()} and {@code repr()}. */
final class PythonText {
    private PythonText() {}

    static String requireText(Object value) {
        if (value instanceof String text) {
            return text;
        }
        if (value instanceof Markup markup) {
            return markup.text();
        }
        if (value instanceof Undefined undefined) {
            throw undefined.failure();
        }
        throw new ChatTemplateException("text expected, not '" + PythonTypes.name(value) + "'");
    }

    static String str(Object value, Budget budget) {
        if (PythonTypes.isText(value)) {
            return requireText(value);
        }
        if (value instanceof Undefined) {
            return "";
        }
        StringBuilder text = new StringBuilder();
        repr(value, text, budget);
        return text.toString();
    }

    static String repr(Object value, Budget budget) {
        StringBuilder text = new StringBuilder();
        repr(value, text, budget);
        return text.toString();
    }

    private static void repr(Object value, StringBuilder out, Budget budget) {
        int before = out.length();
        if (value instanceof Boolean truth) {
            out.append(truth ? "True" : "False");
        } else if (value == None.NONE) {
            out.append("None");
        } else if (value instanceof Long || value instanceof BigInteger) {
            out.append(value);
        } else if (value instanceof Double number) {
            out.append(PythonFloat.repr(number));
        } else if (value instanceof String text) {
            TextRepr.append(text, out);
        } else if (value instanceof Undefined) {
            out.append("Undefined");
        } else {
            reprContainer(value, out, budget);
            return;
        }
        budget.characters(out.length() - before);
    }

    private static void reprContainer(Object value, StringBuilder out, Budget budget) {
        budget.enter();
        if (value instanceof List) {
            reprElements("[", Iterables.elements(value), "]", out, budget);
        } else if (value instanceof Tuple tuple) {
            reprElements("(", tuple.elements(), tuple.elements().size() == 1 ? ",)" : ")", out, budget);
        } else if (value instanceof Dict dict) {
            reprDict(dict, out, budget);
        } else if (value instanceof DictView view) {
            reprElements(view.kind() + "([", view.elements(), "])", out, budget);
        } else if (value instanceof Range range) {
            out.append("range(").append(range.start()).append(", ").append(range.stop());
            out.append(range.step() == 1 ? ")" : ", " + range.step() + ")");
        } else if (value instanceof Markup markup) {
            out.append("Markup(");
            TextRepr.append(budget.text(markup.text()), out);
            out.append(')');
        } else if (value instanceof Namespace namespace) {
            Dict attributes = new Dict();
            namespace.attributes().forEach(attributes::put);
            out.append("<Namespace ");
            reprDict(attributes, out, budget);
            out.append('>');
        } else {
            throw ChatTemplateException.unsupported("printing a '" + PythonTypes.name(value) + "'");
        }
        budget.leave();
    }

    private static void reprElements(
            String open, List<Object> elements, String close, StringBuilder out, Budget budget) {
        budget.list(elements);
        out.append(open);
        String separator = "";
        for (Object element : elements) {
            out.append(separator);
            repr(element, out, budget);
            separator = ", ";
        }
        out.append(close);
    }

    private static void reprDict(Dict dict, StringBuilder out, Budget budget) {
        out.append('{');
        String separator = "";
        for (Dict.Entry entry : dict.entries()) {
            budget.elements(1);
            out.append(separator);
            repr(entry.key(), out, budget);
            out.append(": ");
            repr(entry.value(), out, budget);
            separator = ", ";
        }
        out.append('}');
    }
}
