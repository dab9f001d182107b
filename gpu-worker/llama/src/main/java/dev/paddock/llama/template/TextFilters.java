package dev.paddock.llama.template;

import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Filters on text. */
final class TextFilters {
    private TextFilters() {}

    static void register(Map<String, Filter> filters) {
        filters.put("upper", change(Characters::upper));
        filters.put("lower", change(Characters::lower));
        filters.put("capitalize", change(Characters::capitalize));
        filters.put("title", change(Characters::titleWords));
        filters.put("trim", TextFilters::trim);
        filters.put("string", (value, arguments, evaluation) -> {
            arguments.bind();
            return soft(value, evaluation.budget());
        });
        filters.put("replace", TextFilters::replace);
        filters.put("indent", TextFilters::indent);
        filters.put("format", TextFilters::format);
        filters.put("escape", TextFilters::escape);
        filters.put("e", TextFilters::escape);
        filters.put(
                "forceescape",
                (value, arguments, evaluation) ->
                        Markup.escape(PythonText.str(value, evaluation.budget()), evaluation.budget()));
        filters.put("safe", (value, arguments, evaluation) -> {
            arguments.bind();
            return new Markup(PythonText.str(value, evaluation.budget()));
        });
    }

    /** Text stays what it is, marked or not; anything else is printed. */
    private static Object soft(Object value, Budget budget) {
        return PythonTypes.isText(value) ? value : PythonText.str(value, budget);
    }

    private static Object like(Object value, String text) {
        return value instanceof Markup ? new Markup(text) : text;
    }

    private static Filter change(UnaryOperator<String> change) {
        return (value, arguments, evaluation) -> {
            arguments.bind();
            String text = PythonText.str(value, evaluation.budget());
            return like(value, evaluation.budget().text(change.apply(text)));
        };
    }

    private static Object trim(Object value, Arguments arguments, Evaluation evaluation) {
        String text = PythonText.str(value, evaluation.budget());
        return like(value, (String) TextMethods.strip(evaluation.budget().text(text), arguments, true, true));
    }

    private static Object escape(Object value, Arguments arguments, Evaluation evaluation) {
        arguments.bind();
        return Markup.escape(value, evaluation.budget());
    }

    private static Object replace(Object value, Arguments arguments, Evaluation evaluation) {
        Arguments.Bound bound = arguments.bind("old", "new", "count");
        Budget budget = evaluation.budget();
        return TextParts.replace(
                PythonText.str(value, budget),
                PythonText.str(bound.required("old"), budget),
                PythonText.str(bound.required("new"), budget),
                bound.has("count") ? bound.integer("count", -1) : -1,
                budget);
    }

    private static Object format(Object value, Arguments arguments, Evaluation evaluation) {
        if (!arguments.keywords().isEmpty() && !arguments.positional().isEmpty()) {
            throw new ChatTemplateException("format takes positional or keyword arguments, not both");
        }
        Dict keywords = new Dict();
        arguments.keywords().forEach(keywords::put);
        Object values = keywords.size() > 0 ? keywords : new Tuple(arguments.positional());
        return PercentFormat.format(PythonText.str(value, evaluation.budget()), values, evaluation.budget());
    }

    private static Object indent(Object value, Arguments arguments, Evaluation evaluation) {
        Arguments.Bound bound = arguments.bind("width", "first", "blank");
        Object width = bound.get("width", 4L);
        String indentation = PythonTypes.isText(width)
                ? PythonText.requireText(width)
                : " ".repeat((int) Math.max(0, Math.min(Numbers.requireLong(width), 10_000)));
        boolean blank = bound.truth("blank", false);
        List<Object> lines = TextParts.lines(PythonText.requireText(value) + "\n", false);
        StringBuilder out = new StringBuilder(bound.truth("first", false) ? indentation : "");
        for (int i = 0; i < lines.size(); i++) {
            String line = (String) lines.get(i);
            boolean indented = i > 0 && (blank || !line.isEmpty());
            evaluation.budget().characters(line.length() + (long) indentation.length());
            out.append(i > 0 ? "\n" : "").append(indented ? indentation : "").append(line);
        }
        return like(value, out.toString());
    }
}
