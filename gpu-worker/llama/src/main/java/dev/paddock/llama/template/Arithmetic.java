package dev.paddock.llama.template;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;

/** Python's {@code + - * / // % **} and the signs. */
final class Arithmetic {
    private static final long MAX_EXPONENT = 4096;

    private Arithmetic() {}

    static Object apply(String operator, Object left, Object right, Budget budget) {
        if (left instanceof Undefined undefined) {
            throw undefined.failure();
        }
        if (right instanceof Undefined undefined && !(operator.equals("%") && left instanceof String)) {
            throw undefined.failure();
        }
        if (Numbers.isWhole(left) && Numbers.isWhole(right)) {
            return whole(operator, Numbers.whole(left), Numbers.whole(right));
        }
        if (Numbers.isNumber(left) && Numbers.isNumber(right)) {
            return real(operator, Numbers.real(left), Numbers.real(right));
        }
        return switch (operator) {
            case "+" -> add(left, right, budget);
            case "*" -> Numbers.isWhole(left) ? repeat(right, left, budget) : repeat(left, right, budget);
            case "%" -> {
                if (left instanceof String format) {
                    yield budget.text(PercentFormat.format(format, right, budget));
                }
                throw unsupported(operator, left, right);
            }
            default -> throw unsupported(operator, left, right);
        };
    }

    static Object negate(Object value) {
        if (value instanceof Double number) {
            return -number;
        }
        return Numbers.normal(Numbers.whole(value).negate());
    }

    static Object positive(Object value) {
        return value instanceof Double ? value : Numbers.normal(Numbers.whole(value));
    }

    private static Object add(Object left, Object right, Budget budget) {
        if (left instanceof String first && right instanceof String second) {
            budget.characters((long) first.length() + second.length());
            return first + second;
        }
        if (PythonTypes.isText(left) && PythonTypes.isText(right)) {
            return new Markup(Markup.escape(left, budget).text()
                    + Markup.escape(right, budget).text());
        }
        if (left instanceof List && right instanceof List) {
            return joined(left, right, budget);
        }
        if (left instanceof Tuple && right instanceof Tuple) {
            return new Tuple(joined(left, right, budget));
        }
        throw unsupported("+", left, right);
    }

    private static List<Object> joined(Object left, Object right, Budget budget) {
        List<Object> joined = new ArrayList<>(budget.list(Iterables.elements(left)));
        joined.addAll(budget.list(Iterables.elements(right)));
        return joined;
    }

    private static Object repeat(Object value, Object times, Budget budget) {
        if (!Numbers.isWhole(times)
                || !(PythonTypes.isText(value) || value instanceof List || value instanceof Tuple)) {
            throw unsupported("*", value, times);
        }
        int count = (int) Math.max(0, Numbers.requireLong(times));
        if (PythonTypes.isText(value)) {
            String text = PythonText.requireText(value);
            budget.characters((long) text.length() * count);
            return value instanceof Markup ? new Markup(text.repeat(count)) : text.repeat(count);
        }
        List<Object> elements = Iterables.elements(value);
        budget.elements((long) elements.size() * count);
        List<Object> repeated = new ArrayList<>();
        for (int i = 0; i < count && !elements.isEmpty(); i++) {
            repeated.addAll(elements);
        }
        return value instanceof Tuple ? new Tuple(repeated) : repeated;
    }

    private static Object whole(String operator, BigInteger left, BigInteger right) {
        return switch (operator) {
            case "+" -> Numbers.normal(left.add(right));
            case "-" -> Numbers.normal(left.subtract(right));
            case "*" -> Numbers.normal(left.multiply(right));
            case "/" ->
                new BigDecimal(left)
                        .divide(new BigDecimal(nonZero(right)), MathContext.DECIMAL128)
                        .doubleValue();
            case "//" -> Numbers.normal(floorDivide(left, nonZero(right)));
            case "%" ->
                Numbers.normal(left.subtract(floorDivide(left, nonZero(right)).multiply(right)));
            case "**" -> power(left, right);
            default -> throw new IllegalStateException(operator);
        };
    }

    private static BigInteger floorDivide(BigInteger left, BigInteger right) {
        BigInteger[] parts = left.divideAndRemainder(right);
        return parts[1].signum() != 0 && parts[1].signum() != right.signum()
                ? parts[0].subtract(BigInteger.ONE)
                : parts[0];
    }

    private static Object power(BigInteger base, BigInteger exponent) {
        if (exponent.signum() < 0) {
            return real("**", base.doubleValue(), exponent.doubleValue());
        }
        if (exponent.bitLength() > 31 || exponent.longValue() * base.bitLength() > MAX_EXPONENT) {
            throw new ChatTemplateException("a power beyond " + MAX_EXPONENT + " bits");
        }
        return Numbers.normal(base.pow(exponent.intValue()));
    }

    private static Object real(String operator, double left, double right) {
        return switch (operator) {
            case "+" -> left + right;
            case "-" -> left - right;
            case "*" -> left * right;
            case "/" -> left / nonZero(right);
            case "//" -> Math.floor((left - remainder(left, nonZero(right))) / right + 0.5);
            case "%" -> remainder(left, nonZero(right));
            case "**" -> {
                if ((left == 0 && right < 0) || (left < 0 && right != Math.rint(right))) {
                    throw new ChatTemplateException("a power without a real value");
                }
                yield Math.pow(left, right);
            }
            default -> throw new IllegalStateException(operator);
        };
    }

    private static double remainder(double left, double right) {
        double remainder = left % right;
        if (remainder == 0) {
            return Math.copySign(0.0, right);
        }
        return remainder < 0 != right < 0 ? remainder + right : remainder;
    }

    private static BigInteger nonZero(BigInteger divisor) {
        nonZero(divisor.doubleValue());
        return divisor;
    }

    private static double nonZero(double divisor) {
        if (divisor == 0) {
            throw new ChatTemplateException("division by zero");
        }
        return divisor;
    }

    private static ChatTemplateException unsupported(String operator, Object left, Object right) {
        return new ChatTemplateException("unsupported operand types for " + operator + ": '" + PythonTypes.name(left)
                + "' and '" + PythonTypes.name(right) + "'");
    }
}
