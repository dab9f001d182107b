package dev.paddock.llama.template;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Filters on numbers. */
final class NumberFilters {
    private static final Pattern FLOAT = Pattern.compile(
            "[+-]?(?:(?:\\d++(?:_\\d++)*+\\.?+(?:\\d++(?:_\\d++)*+)?|\\.\\d++(?:_\\d++)*+)(?:[eE][+-]?\\d{1,9})?)");
    private static final Pattern SPECIAL = Pattern.compile("([+-]?)(inf|infinity|nan)", Pattern.CASE_INSENSITIVE);
    private static final int MAX_DIGITS = 1000;

    private NumberFilters() {}

    static void register(Map<String, Filter> filters) {
        filters.put("int", NumberFilters::toInteger);
        filters.put("float", NumberFilters::toFloat);
        filters.put("round", NumberFilters::round);
        filters.put("abs", (value, arguments, evaluation) -> {
            arguments.bind();
            boolean negative = Numbers.isNumber(value) && Numbers.less(value, 0L);
            return negative ? Arithmetic.negate(value) : Arithmetic.positive(value);
        });
    }

    private static Object toInteger(Object value, Arguments arguments, Evaluation evaluation) {
        Arguments.Bound bound = arguments.bind("default", "base");
        Object fallback = bound.get("default", 0L);
        if (value instanceof Undefined undefined) {
            throw undefined.failure();
        }
        if (PythonTypes.isText(value)) {
            BigInteger parsed = parse(PythonText.requireText(value), (int) bound.integer("base", 10));
            if (parsed != null) {
                return Numbers.normal(parsed);
            }
            Double real = parseFloat(PythonText.requireText(value));
            return real == null || real.isNaN() || real.isInfinite() ? fallback : truncate(real);
        }
        if (value instanceof Double number) {
            if (number.isInfinite()) {
                throw new ChatTemplateException("cannot convert float infinity to integer");
            }
            return number.isNaN() ? fallback : truncate(number);
        }
        return Numbers.isWhole(value) ? Numbers.normal(Numbers.whole(value)) : fallback;
    }

    private static Object truncate(double number) {
        return Numbers.normal(new BigDecimal(number).toBigInteger());
    }

    private static @Nullable BigInteger parse(String text, int base) {
        if (base < 2 || base > 36) {
            throw ChatTemplateException.unsupported("int with base " + base);
        }
        String digits = Characters.strip(text, Characters::isSpace, true, true);
        String prefix = base == 16 ? "0[xX]_?" : base == 8 ? "0[oO]_?" : base == 2 ? "0[bB]_?" : "";
        digits = digits.replaceFirst("^([+-]?)" + prefix, "$1");
        if (digits.length() > MAX_DIGITS || !digits.matches("[+-]?[0-9a-zA-Z]++(_[0-9a-zA-Z]++)*+")) {
            return null;
        }
        try {
            return new BigInteger(digits.replace("_", ""), base);
        } catch (NumberFormatException notANumber) {
            return null;
        }
    }

    static @Nullable Double parseFloat(String text) {
        String number = Characters.strip(text, Characters::isSpace, true, true);
        var special = SPECIAL.matcher(number);
        if (special.matches()) {
            double magnitude =
                    special.group(2).toLowerCase(java.util.Locale.ROOT).equals("nan")
                            ? Double.NaN
                            : Double.POSITIVE_INFINITY;
            return special.group(1).equals("-") ? -magnitude : magnitude;
        }
        return number.length() <= MAX_DIGITS && FLOAT.matcher(number).matches()
                ? Double.valueOf(number.replace("_", ""))
                : null;
    }

    private static Object toFloat(Object value, Arguments arguments, Evaluation evaluation) {
        Object fallback = arguments.bind("default").get("default", 0.0);
        if (value instanceof Undefined undefined) {
            throw undefined.failure();
        }
        if (PythonTypes.isText(value)) {
            Double parsed = parseFloat(PythonText.requireText(value));
            return parsed != null ? parsed : fallback;
        }
        return Numbers.isNumber(value) ? Numbers.real(value) : fallback;
    }

    private static Object round(Object value, Arguments arguments, Evaluation evaluation) {
        Arguments.Bound bound = arguments.bind("precision", "method");
        int precision = (int) bound.integer("precision", 0);
        String method = bound.text("method", "common");
        if (Math.abs(precision) > 300 || !Numbers.isNumber(value)) {
            throw new ChatTemplateException("cannot round " + PythonTypes.name(value) + " to " + precision + " digits");
        }
        return switch (method) {
            case "common" -> common(value, precision);
            case "ceil", "floor" -> directed(value, precision, method.equals("ceil"));
            default -> throw new ChatTemplateException("method must be common, ceil or floor");
        };
    }

    private static Object common(Object value, int precision) {
        if (value instanceof Double number) {
            if (number.isNaN() || number.isInfinite()) {
                return value;
            }
            double rounded = new BigDecimal(number)
                    .setScale(precision, RoundingMode.HALF_EVEN)
                    .doubleValue();
            return Math.copySign(rounded, number);
        }
        BigDecimal rounded =
                new BigDecimal(Numbers.whole(value)).setScale(Math.min(precision, 0), RoundingMode.HALF_EVEN);
        return Numbers.normal(rounded.toBigInteger());
    }

    private static Object directed(Object value, int precision, boolean up) {
        double scale = Math.pow(10, precision);
        double scaled = Numbers.real(value) * scale;
        return (up ? Math.ceil(scaled) : Math.floor(scaled)) / scale;
    }
}
