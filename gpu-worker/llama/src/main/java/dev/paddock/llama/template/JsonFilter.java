package dev.paddock.llama.template;

import java.util.List;

/** {@code tojson} as transformers defines it. */
final class JsonFilter {
    private JsonFilter() {}

    static Object apply(Object value, Arguments arguments, Evaluation evaluation) {
        Arguments.Bound bound = arguments.bind("ensure_ascii", "indent", "separators", "sort_keys");
        boolean lines = bound.has("indent");
        String item = lines ? "," : ", ";
        String key = ": ";
        if (bound.has("separators")) {
            List<Object> separators = Iterables.elements(bound.required("separators"));
            if (separators.size() != 2) {
                throw new ChatTemplateException("tojson takes two separators");
            }
            item = PythonText.requireText(separators.get(0));
            key = PythonText.requireText(separators.get(1));
        }
        Json json = new Json(
                bound.truth("ensure_ascii", false),
                lines,
                indent(bound),
                item,
                key,
                bound.truth("sort_keys", false),
                evaluation.budget());
        return json.dumps(value);
    }

    private static String indent(Arguments.Bound bound) {
        if (!bound.has("indent")) {
            return "";
        }
        Object indent = bound.required("indent");
        if (PythonTypes.isText(indent)) {
            return PythonText.requireText(indent);
        }
        return " ".repeat((int) Math.max(0, Math.min(Numbers.requireLong(indent), 1_000)));
    }
}
