package dev.paddock.llama.template;

import java.math.BigInteger;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Which Python type a value stands for, and the way from plain Java values to them. */
final class PythonTypes {
    private PythonTypes() {}

    static String name(Object value) {
        if (value == None.NONE) {
            return "NoneType";
        }
        if (value instanceof Boolean) {
            return "bool";
        }
        if (isInteger(value)) {
            return "int";
        }
        if (value instanceof Double) {
            return "float";
        }
        if (value instanceof List) {
            return "list";
        }
        String simple = value.getClass().getSimpleName();
        return switch (simple) {
            case "String" -> "str";
            case "Tuple", "Dict", "Range" -> simple.toLowerCase(java.util.Locale.ROOT);
            case "Markup", "Undefined", "Namespace" -> simple;
            case "DictView" -> ((DictView) value).kind();
            case "Generator" -> "generator";
            case "Macro" -> "Macro";
            case "Loop" -> "LoopContext";
            default -> "function";
        };
    }

    static boolean isInteger(Object value) {
        return value instanceof Long || value instanceof BigInteger;
    }

    static boolean isText(Object value) {
        return value instanceof String || value instanceof Markup;
    }

    /** A plain Java value (JSON's kinds) as the template's value, copied. */
    static Object of(@org.jspecify.annotations.Nullable Object value, int depth) {
        if (depth > Budget.MAX_DEPTH) {
            throw new ChatTemplateException("a variable is nested deeper than " + Budget.MAX_DEPTH + " levels");
        }
        if (value == null) {
            return None.NONE;
        }
        if (value instanceof String || value instanceof Boolean || value instanceof Double) {
            return value;
        }
        if (value instanceof BigInteger number) {
            return Numbers.normal(number);
        }
        if (value instanceof Float || value instanceof java.math.BigDecimal) {
            return ((Number) value).doubleValue();
        }
        if (value instanceof Number number) {
            return number.longValue();
        }
        if (value instanceof Collection<?> collection) {
            return collection.stream().map(element -> of(element, depth + 1)).toList();
        }
        if (value instanceof Map<?, ?> map) {
            return dict(map, depth);
        }
        throw new ChatTemplateException("a variable of type " + value.getClass().getName() + " is not plain data");
    }

    private static Dict dict(Map<?, ?> map, int depth) {
        Dict dict = new Dict();
        map.forEach((key, element) -> dict.put(of(key, depth + 1), of(element, depth + 1)));
        return dict;
    }
}
