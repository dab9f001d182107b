package dev.paddock.llama.template;

import java.math.BigDecimal;
import java.math.BigInteger;

/** Python's numbers: integers of any size (as Long where they fit, else BigInteger), floats, and booleans as 0 and 1. */
final class Numbers {
    private static final int MAX_BITS = 4096;

    private Numbers() {}

    static boolean isNumber(Object value) {
        return value instanceof Boolean || value instanceof Double || PythonTypes.isInteger(value);
    }

    static boolean isWhole(Object value) {
        return value instanceof Boolean || PythonTypes.isInteger(value);
    }

    /** The integer as a Long where it fits. */
    static Object normal(BigInteger number) {
        if (number.bitLength() > MAX_BITS) {
            throw new ChatTemplateException("an integer of more than " + MAX_BITS + " bits");
        }
        if (number.bitLength() < Long.SIZE) {
            return number.longValue();
        }
        return number;
    }

    static BigInteger whole(Object value) {
        if (value instanceof Boolean truth) {
            return truth ? BigInteger.ONE : BigInteger.ZERO;
        }
        if (value instanceof Long number) {
            return BigInteger.valueOf(number);
        }
        if (value instanceof BigInteger number) {
            return number;
        }
        throw notInteger(value);
    }

    static double real(Object value) {
        return value instanceof Double number ? number : whole(value).doubleValue();
    }

    /** An integer used as index, count or width. */
    static long requireLong(Object value) {
        BigInteger number = whole(value);
        if (number.bitLength() >= Integer.SIZE) {
            throw new ChatTemplateException("integer out of bounds: " + number);
        }
        return number.longValue();
    }

    static boolean equal(Object left, Object right) {
        if (left instanceof Double || right instanceof Double) {
            double first = real(left);
            double second = real(right);
            return first == second && (Double.isInfinite(first) || exact(left).compareTo(exact(right)) == 0);
        }
        return whole(left).equals(whole(right));
    }

    static boolean less(Object left, Object right) {
        if (left instanceof Double || right instanceof Double) {
            double first = real(left);
            double second = real(right);
            if (Double.isNaN(first + second) || Double.isInfinite(first) || Double.isInfinite(second)) {
                return first < second;
            }
            return exact(left).compareTo(exact(right)) < 0;
        }
        return whole(left).compareTo(whole(right)) < 0;
    }

    static BigDecimal exact(Object value) {
        if (value instanceof Double number && !Double.isFinite(number)) {
            throw new ChatTemplateException("a finite number expected, not " + number);
        }
        return value instanceof Double number ? new BigDecimal(number) : new BigDecimal(whole(value));
    }

    private static ChatTemplateException notInteger(Object value) {
        if (value instanceof Undefined undefined) {
            return undefined.failure();
        }
        return new ChatTemplateException("'" + PythonTypes.name(value) + "' cannot be interpreted as an integer");
    }
}
