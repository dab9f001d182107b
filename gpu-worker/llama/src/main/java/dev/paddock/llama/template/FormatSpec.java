package dev.paddock.llama.template;

import java.math.RoundingMode;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Python's format specification: fill, alignment, width, precision and the types {@code s d f x}. */
record FormatSpec(int fill, char align, int width, int precision, char type) {
    private static final int MAX_WIDTH = 10_000;
    private static final Pattern SYNTAX =
            Pattern.compile("(?:(.)?([<>^]))?(0)?(\\d{1,4})?(?:\\.(\\d{1,3}))?([sdfx])?", Pattern.DOTALL);

    static FormatSpec parse(String spec) {
        Matcher match = SYNTAX.matcher(spec);
        if (!match.matches()) {
            throw ChatTemplateException.unsupported("the format specification '" + spec + "'");
        }
        boolean zero = match.group(3) != null;
        int fill = match.group(1) != null ? match.group(1).codePointAt(0) : zero ? '0' : ' ';
        char align = match.group(2) != null ? match.group(2).charAt(0) : zero ? '=' : ' ';
        int width = match.group(4) != null ? Math.min(Integer.parseInt(match.group(4)), MAX_WIDTH) : 0;
        int precision = match.group(5) != null ? Integer.parseInt(match.group(5)) : -1;
        return new FormatSpec(
                fill,
                align,
                width,
                precision,
                match.group(6) != null ? match.group(6).charAt(0) : ' ');
    }

    String format(Object value, Budget budget) {
        if (PythonTypes.isText(value) || type == 's') {
            if (!PythonTypes.isText(value) || (type != ' ' && type != 's')) {
                throw new ChatTemplateException("format code '" + type + "' does not fit " + PythonTypes.name(value));
            }
            String text = PythonText.requireText(value);
            int length = text.codePointCount(0, text.length());
            String cut = precision >= 0 && precision < length
                    ? text.substring(0, text.offsetByCodePoints(0, precision))
                    : text;
            return pad(cut, align == ' ' ? '<' : align);
        }
        if (!Numbers.isNumber(value)) {
            throw new ChatTemplateException("unsupported format string for " + PythonTypes.name(value));
        }
        return pad(number(value, budget), align == ' ' ? '>' : align);
    }

    private String number(Object value, Budget budget) {
        return switch (type) {
            case 'd' -> Numbers.whole(value).toString();
            case 'x' -> Numbers.whole(value).toString(16);
            case 'f' ->
                Numbers.exact(value)
                        .setScale(precision < 0 ? 6 : precision, RoundingMode.HALF_EVEN)
                        .toPlainString();
            default -> {
                if (precision >= 0) {
                    throw ChatTemplateException.unsupported("a number format with precision and no type");
                }
                yield value instanceof Boolean ? Numbers.whole(value).toString() : PythonText.str(value, budget);
            }
        };
    }

    private String pad(String text, char alignment) {
        int missing = width - text.codePointCount(0, text.length());
        if (missing <= 0) {
            return text;
        }
        String filling = Character.toString(fill);
        return switch (alignment) {
            case '<' -> text + filling.repeat(missing);
            case '^' -> filling.repeat(missing / 2) + text + filling.repeat(missing - missing / 2);
            case '=' ->
                text.startsWith("-")
                        ? "-" + filling.repeat(missing) + text.substring(1)
                        : filling.repeat(missing) + text;
            default -> filling.repeat(missing) + text;
        };
    }
}
