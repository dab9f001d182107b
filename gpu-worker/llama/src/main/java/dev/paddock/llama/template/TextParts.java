package dev.paddock.llama.template;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The methods of a str that search and split it. */
final class TextParts {
    private TextParts() {}

    static @Nullable Callable find(String text, String name) {
        return switch (name) {
            case "split" -> (arguments, evaluation) -> split(text, arguments, false, evaluation.budget());
            case "rsplit" -> (arguments, evaluation) -> split(text, arguments, true, evaluation.budget());
            case "splitlines" ->
                (arguments, evaluation) -> {
                    boolean keepEnds = arguments.bind("keepends").truth("keepends", false);
                    return evaluation.budget().list(lines(evaluation.budget().text(text), keepEnds));
                };
            case "partition" -> (arguments, evaluation) -> partition(text, separator(arguments), false);
            case "rpartition" -> (arguments, evaluation) -> partition(text, separator(arguments), true);
            case "find" -> (arguments, evaluation) -> position(text, text.indexOf(separator(arguments)));
            case "rfind" -> (arguments, evaluation) -> position(text, text.lastIndexOf(separator(arguments)));
            case "index" -> (arguments, evaluation) -> found(position(text, text.indexOf(separator(arguments))));
            case "rindex" -> (arguments, evaluation) -> found(position(text, text.lastIndexOf(separator(arguments))));
            case "count" -> (arguments, evaluation) -> count(text, separator(arguments), evaluation.budget());
            default -> null;
        };
    }

    /** As {@code str.replace}; a negative count replaces all. */
    static String replace(String text, String old, String replacement, long count, Budget budget) {
        StringBuilder out = new StringBuilder();
        int from = 0;
        int at = old.isEmpty() ? 0 : text.indexOf(old);
        for (long done = 0; at >= 0 && at <= text.length() && (count < 0 || done < count); done++) {
            budget.characters(1L + replacement.length());
            out.append(text, from, at).append(replacement);
            from = at + old.length();
            if (old.isEmpty()) {
                at = at < text.length() ? text.offsetByCodePoints(at, 1) : text.length() + 1;
            } else {
                at = text.indexOf(old, from);
            }
        }
        return out.append(text, from, budget.text(text).length()).toString();
    }

    /** As {@code str.splitlines}. */
    static List<Object> lines(String text, boolean keepEnds) {
        List<Object> lines = new ArrayList<>();
        int start = 0;
        for (int i = 0; i < text.length(); i++) {
            if (!isLineBreak(text.charAt(i))) {
                continue;
            }
            int end = text.startsWith("\r\n", i) ? i + 2 : i + 1;
            lines.add(text.substring(start, keepEnds ? end : i));
            start = end;
            i = end - 1;
        }
        if (start < text.length()) {
            lines.add(text.substring(start));
        }
        return lines;
    }

    private static boolean isLineBreak(char unit) {
        return (unit >= '\n' && unit <= '\r')
                || (unit >= 0x1c && unit <= 0x1e)
                || unit == 0x85
                || unit == 0x2028
                || unit == 0x2029;
    }

    private static List<Object> split(String text, Arguments arguments, boolean fromRight, Budget budget) {
        Arguments.Bound bound = arguments.bind("sep", "maxsplit");
        long limit = bound.integer("maxsplit", -1);
        long splits = limit < 0 ? Long.MAX_VALUE : limit;
        budget.text(text);
        List<Object> parts;
        if (!bound.has("sep")) {
            parts = fromRight ? rightWords(text, splits) : words(text, splits);
        } else {
            String separator = bound.text("sep", "");
            if (separator.isEmpty()) {
                throw new ChatTemplateException("empty separator");
            }
            parts = fromRight ? rightPieces(text, separator, splits) : pieces(text, separator, splits);
        }
        return budget.list(parts);
    }

    private static List<Object> pieces(String text, String separator, long splits) {
        List<Object> parts = new ArrayList<>();
        int start = 0;
        for (int at = text.indexOf(separator); at >= 0 && parts.size() < splits; at = text.indexOf(separator, start)) {
            parts.add(text.substring(start, at));
            start = at + separator.length();
        }
        parts.add(text.substring(start));
        return parts;
    }

    private static List<Object> rightPieces(String text, String separator, long splits) {
        List<Object> parts = new ArrayList<>();
        int end = text.length();
        while (parts.size() < splits && end >= separator.length()) {
            int at = text.lastIndexOf(separator, end - separator.length());
            if (at < 0) {
                break;
            }
            parts.add(text.substring(at + separator.length(), end));
            end = at;
        }
        parts.add(text.substring(0, end));
        Collections.reverse(parts);
        return parts;
    }

    private static List<Object> words(String text, long splits) {
        List<Object> parts = new ArrayList<>();
        int start = skip(text, 0, true);
        while (start < text.length() && parts.size() < splits) {
            int end = skip(text, start, false);
            parts.add(text.substring(start, end));
            start = skip(text, end, true);
        }
        if (start < text.length()) {
            parts.add(text.substring(start));
        }
        return parts;
    }

    /** The next place from here whose character is no space (or is one). */
    private static int skip(String text, int from, boolean spaces) {
        int at = from;
        while (at < text.length() && Characters.isSpace(text.charAt(at)) == spaces) {
            at++;
        }
        return at;
    }

    private static List<Object> rightWords(String text, long splits) {
        List<Object> parts = words(new StringBuilder(text).reverse().toString(), splits);
        parts.replaceAll(part -> new StringBuilder((String) part).reverse().toString());
        Collections.reverse(parts);
        return parts;
    }

    private static Tuple partition(String text, String separator, boolean fromRight) {
        if (separator.isEmpty()) {
            throw new ChatTemplateException("empty separator");
        }
        int at = fromRight ? text.lastIndexOf(separator) : text.indexOf(separator);
        if (at < 0) {
            return fromRight ? Tuple.of("", "", text) : Tuple.of(text, "", "");
        }
        return Tuple.of(text.substring(0, at), separator, text.substring(at + separator.length()));
    }

    private static Object position(String text, int at) {
        return at < 0 ? -1L : (long) text.codePointCount(0, at);
    }

    private static Object found(Object position) {
        if (position.equals(-1L)) {
            throw new ChatTemplateException("substring not found");
        }
        return position;
    }

    private static Object count(String text, String part, Budget budget) {
        budget.text(text);
        if (part.isEmpty()) {
            return text.codePointCount(0, text.length()) + 1L;
        }
        return (long) pieces(text, part, Long.MAX_VALUE).size() - 1;
    }

    private static String separator(Arguments arguments) {
        return PythonText.requireText(arguments.bind("sub").required("sub"));
    }
}
