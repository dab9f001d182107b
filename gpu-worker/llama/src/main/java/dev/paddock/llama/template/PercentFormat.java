package dev.paddock.llama.template;

import java.util.Iterator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code text % values} with {@code %s}, {@code %r}, {@code %d}, {@code %f}, {@code %x}, {@code %%}. */
final class PercentFormat {
    private static final Pattern DIRECTIVE =
            Pattern.compile("%(?:\\((\\w+)\\))?([-0]?)(\\d{0,4})(?:\\.(\\d{1,3}))?(.)?", Pattern.DOTALL);

    private PercentFormat() {}

    static String format(String text, Object values, Budget budget) {
        List<Object> positional = values instanceof Tuple tuple ? tuple.elements() : List.of(values);
        Iterator<Object> next = positional.iterator();
        StringBuilder out = new StringBuilder();
        Matcher match = DIRECTIVE.matcher(text);
        int from = 0;
        while (match.find(from)) {
            out.append(text, from, match.start());
            out.append(budget.text(directive(match, next, values, budget)));
            from = match.end();
        }
        if (next.hasNext() && !(values instanceof Dict || values instanceof List)) {
            throw new ChatTemplateException("not all arguments converted during string formatting");
        }
        return out.append(text, from, text.length()).toString();
    }

    private static String directive(Matcher match, Iterator<Object> next, Object values, Budget budget) {
        if ("%".equals(match.group(5))) {
            return "%";
        }
        Object value = value(match, next, values);
        String conversion = String.valueOf(match.group(5));
        String align = match.group(2).equals("-") ? "<" : match.group(2).equals("0") ? "0" : ">";
        String precision = match.group(4) == null ? "" : "." + match.group(4);
        String layout = align + match.group(3) + precision;
        return switch (conversion) {
            case "s" ->
                FormatSpec.parse(layout.replace("0", align.equals("0") ? ">" : "0") + "s")
                        .format(PythonText.str(value, budget), budget);
            case "r" -> FormatSpec.parse(layout + "s").format(PythonText.repr(value, budget), budget);
            case "d", "i" -> FormatSpec.parse(layout + "d").format(truncated(value), budget);
            case "f", "x" -> FormatSpec.parse(layout + conversion).format(value, budget);
            default -> throw ChatTemplateException.unsupported("the format directive '" + match.group() + "'");
        };
    }

    private static Object truncated(Object value) {
        return value instanceof Double
                ? Numbers.normal(Numbers.exact(value).toBigInteger())
                : Numbers.normal(Numbers.whole(value));
    }

    private static Object value(Matcher match, Iterator<Object> next, Object values) {
        String key = match.group(1);
        if (key != null) {
            Object value = values instanceof Dict dict ? dict.get(key) : null;
            if (value == null) {
                throw new ChatTemplateException("no value for '" + key + "' of the format string");
            }
            return value;
        }
        if (!next.hasNext()) {
            throw new ChatTemplateException("not enough arguments for format string");
        }
        return next.next();
    }
}
