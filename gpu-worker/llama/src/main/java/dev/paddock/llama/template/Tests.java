package dev.paddock.llama.template;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Every supported test by name: {@code value is name(arguments)}. */
final class Tests {
    private static final Map<String, Unary> UNARY = new HashMap<>();
    private static final Map<String, Binary> BINARY = new HashMap<>();

    private interface Unary {
        boolean test(Object value);
    }

    private interface Binary {
        boolean test(Object value, Object other, Budget budget);
    }

    static {
        UNARY.put("defined", value -> !(value instanceof Undefined));
        UNARY.put("undefined", value -> value instanceof Undefined);
        UNARY.put("none", value -> value == None.NONE);
        UNARY.put("boolean", value -> value instanceof Boolean);
        UNARY.put("true", Boolean.TRUE::equals);
        UNARY.put("false", Boolean.FALSE::equals);
        UNARY.put("integer", PythonTypes::isInteger);
        UNARY.put("float", value -> value instanceof Double);
        UNARY.put("number", Numbers::isNumber);
        UNARY.put("string", PythonTypes::isText);
        UNARY.put("mapping", value -> value instanceof Dict);
        UNARY.put("sequence", Tests::isSequence);
        UNARY.put("iterable", Iterables::isIterable);
        UNARY.put("callable", value -> value instanceof Callable || value instanceof Undefined);
        UNARY.put("escaped", value -> value instanceof Markup);
        UNARY.put("odd", value -> Numbers.equal(remainder(value, 2L), 1L));
        UNARY.put("even", value -> Numbers.equal(remainder(value, 2L), 0L));
        BINARY.put("divisibleby", (value, other, budget) -> Numbers.equal(remainder(value, other), 0L));
        BINARY.put("in", (value, other, budget) -> Equality.contains(other, value, budget));
        BINARY.put("sameas", (value, other, budget) -> same(value, other));
        for (String name : List.of("==", "eq", "equalto")) {
            BINARY.put(name, Equality::equal);
        }
        for (String name : List.of("!=", "ne")) {
            BINARY.put(name, (value, other, budget) -> !Equality.equal(value, other, budget));
        }
        for (String name : List.of("<", "lt", "lessthan")) {
            BINARY.put(name, Ordering::less);
        }
        for (String name : List.of(">", "gt", "greaterthan")) {
            BINARY.put(name, (value, other, budget) -> Ordering.less(other, value, budget));
        }
        for (String name : List.of("<=", "le")) {
            BINARY.put(name, Ordering::lessOrEqual);
        }
        for (String name : List.of(">=", "ge")) {
            BINARY.put(name, (value, other, budget) -> Ordering.lessOrEqual(other, value, budget));
        }
    }

    private Tests() {}

    static boolean exists(String name) {
        return UNARY.containsKey(name) || BINARY.containsKey(name) || name.equals("upper") || name.equals("lower");
    }

    static boolean test(String name, Object value, Arguments arguments, Evaluation evaluation) {
        evaluation.budget().elements(1);
        Unary unary = UNARY.get(name);
        if (unary != null) {
            arguments.bind();
            return unary.test(value);
        }
        if (name.equals("upper") || name.equals("lower")) {
            arguments.bind();
            String text = evaluation.budget().text(PythonText.str(value, evaluation.budget()));
            return Characters.isCase(text, name.equals("upper"));
        }
        Binary binary = BINARY.get(name);
        if (binary == null) {
            throw ChatTemplateException.unsupported("the test '" + name + "'");
        }
        return binary.test(value, arguments.bind("other").required("other"), evaluation.budget());
    }

    private static boolean isSequence(Object value) {
        return Iterables.isSized(value) && !(value instanceof DictView);
    }

    private static Object remainder(Object value, Object divisor) {
        if (!Numbers.isNumber(value) || !Numbers.isNumber(divisor)) {
            throw new ChatTemplateException("a number expected, not '" + PythonTypes.name(value) + "'");
        }
        return Arithmetic.apply("%", value, divisor, new Budget());
    }

    private static boolean same(Object value, Object other) {
        if (value instanceof Boolean || value == None.NONE || other instanceof Boolean || other == None.NONE) {
            return value.equals(other);
        }
        throw ChatTemplateException.unsupported("'sameas' of values other than true, false and none");
    }
}
