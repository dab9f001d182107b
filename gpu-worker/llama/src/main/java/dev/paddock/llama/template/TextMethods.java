package dev.paddock.llama.template;

import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/** The methods of a str. */
final class TextMethods {
    private static final Set<String> UNSUPPORTED = Set.of(
            "casefold",
            "encode",
            "expandtabs",
            "format_map",
            "isidentifier",
            "isprintable",
            "istitle",
            "maketrans",
            "swapcase",
            "translate",
            "zfill",
            "center",
            "ljust",
            "rjust");

    private TextMethods() {}

    static @Nullable Callable find(Object owner, String name) {
        if (UNSUPPORTED.contains(name)) {
            throw Members.unsupported(owner, name);
        }
        String text = PythonText.requireText(owner);
        Callable method = change(text, name);
        method = method != null ? method : question(text, name);
        method = method != null ? method : TextParts.find(text, name);
        if (method != null && owner instanceof Markup) {
            throw ChatTemplateException.unsupported("method '" + name + "' of text marked as safe");
        }
        return method == null ? null : paid(method, text.length());
    }

    private static Callable paid(Callable method, int characters) {
        return (arguments, evaluation) -> {
            evaluation.budget().characters(characters);
            return method.call(arguments, evaluation);
        };
    }

    private static @Nullable Callable change(String text, String name) {
        return switch (name) {
            case "strip" -> (arguments, evaluation) -> strip(text, arguments, true, true);
            case "lstrip" -> (arguments, evaluation) -> strip(text, arguments, true, false);
            case "rstrip" -> (arguments, evaluation) -> strip(text, arguments, false, true);
            case "upper" -> plain(() -> Characters.upper(text));
            case "lower" -> plain(() -> Characters.lower(text));
            case "title" -> plain(() -> Characters.title(text));
            case "capitalize" -> plain(() -> Characters.capitalize(text));
            case "replace" -> (arguments, evaluation) -> replace(text, arguments, evaluation.budget());
            case "join" -> (arguments, evaluation) -> join(text, arguments, evaluation.budget());
            case "format" ->
                (arguments, evaluation) ->
                        evaluation.budget().text(BraceFormat.format(text, arguments, evaluation.budget()));
            case "removeprefix" ->
                (arguments, evaluation) -> {
                    String prefix =
                            PythonText.requireText(arguments.bind("prefix").required("prefix"));
                    return text.startsWith(prefix) ? text.substring(prefix.length()) : text;
                };
            case "removesuffix" ->
                (arguments, evaluation) -> {
                    String suffix =
                            PythonText.requireText(arguments.bind("suffix").required("suffix"));
                    return text.endsWith(suffix) ? text.substring(0, text.length() - suffix.length()) : text;
                };
            default -> null;
        };
    }

    private static @Nullable Callable question(String text, String name) {
        return switch (name) {
            case "startswith" -> (arguments, evaluation) -> affix(arguments, text::startsWith);
            case "endswith" -> (arguments, evaluation) -> affix(arguments, text::endsWith);
            case "isspace" -> all(text, Characters::isSpace);
            case "isalpha" -> all(text, Character::isLetter);
            case "isdigit" -> all(text, TextMethods::isDigit);
            case "isdecimal" -> all(text, c -> Character.getType(c) == Character.DECIMAL_DIGIT_NUMBER);
            case "isnumeric" -> all(text, TextMethods::isNumeric);
            case "isalnum" -> all(text, c -> Character.isLetter(c) || isNumeric(c));
            case "isascii" -> plain(() -> text.codePoints().allMatch(c -> c < 128));
            case "isupper" -> plain(() -> Characters.isCase(text, true));
            case "islower" -> plain(() -> Characters.isCase(text, false));
            default -> null;
        };
    }

    private static Callable plain(java.util.function.Supplier<Object> result) {
        return (arguments, evaluation) -> {
            arguments.bind();
            Object value = result.get();
            evaluation.budget().characters(value instanceof String text ? text.length() : 1);
            return value;
        };
    }

    private static Callable all(String text, IntPredicate test) {
        return plain(() -> !text.isEmpty() && text.codePoints().allMatch(test));
    }

    private static boolean isDigit(int codePoint) {
        return Character.getType(codePoint) == Character.DECIMAL_DIGIT_NUMBER
                || "²³¹⁰⁴⁵⁶⁷⁸⁹₀₁₂₃₄₅₆₇₈₉".indexOf(codePoint) >= 0;
    }

    private static boolean isNumeric(int codePoint) {
        int type = Character.getType(codePoint);
        return type == Character.DECIMAL_DIGIT_NUMBER
                || type == Character.LETTER_NUMBER
                || type == Character.OTHER_NUMBER;
    }

    static Object strip(String text, Arguments arguments, boolean left, boolean right) {
        Arguments.Bound bound = arguments.bind("chars");
        if (!bound.has("chars")) {
            return Characters.strip(text, Characters::isSpace, left, right);
        }
        String characters = bound.text("chars", "");
        return Characters.strip(text, c -> characters.indexOf(c) >= 0, left, right);
    }

    private static Object affix(Arguments arguments, Function<String, Boolean> test) {
        Arguments.Bound bound = arguments.bind("affix", "start", "end");
        if (bound.has("start") || bound.has("end")) {
            throw ChatTemplateException.unsupported("startswith or endswith with a position");
        }
        Object affix = bound.required("affix");
        List<Object> affixes = affix instanceof Tuple tuple ? tuple.elements() : List.of(affix);
        return affixes.stream().anyMatch(each -> test.apply(PythonText.requireText(each)));
    }

    private static Object replace(String text, Arguments arguments, Budget budget) {
        Arguments.Bound bound = arguments.bind("old", "new", "count");
        String old = PythonText.requireText(bound.required("old"));
        String replacement = PythonText.requireText(bound.required("new"));
        return TextParts.replace(text, old, replacement, bound.integer("count", -1), budget);
    }

    private static Object join(String separator, Arguments arguments, Budget budget) {
        StringBuilder joined = new StringBuilder();
        String between = "";
        for (Object part : Iterables.elements(arguments.bind("iterable").required("iterable"))) {
            String text = PythonText.requireText(part);
            budget.characters(between.length() + (long) text.length());
            joined.append(between).append(text);
            between = separator;
        }
        return joined.toString();
    }
}
