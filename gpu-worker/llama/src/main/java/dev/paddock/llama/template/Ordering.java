package dev.paddock.llama.template;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

/** Python's {@code <} and what is built on it. */
final class Ordering {
    private Ordering() {}

    /** Whether {@code left < right}; unlike types have no order. */
    static boolean less(Object left, Object right, Budget budget) {
        if (Numbers.isNumber(left) && Numbers.isNumber(right)) {
            return Numbers.less(left, right);
        }
        if (PythonTypes.isText(left) && PythonTypes.isText(right)) {
            return compareText(budget.text(PythonText.requireText(left)), PythonText.requireText(right)) < 0;
        }
        if ((left instanceof List && right instanceof List) || (left instanceof Tuple && right instanceof Tuple)) {
            return lessElements(Iterables.elements(left), Iterables.elements(right), budget);
        }
        if (left instanceof Undefined undefined) {
            throw undefined.failure();
        }
        if (right instanceof Undefined undefined) {
            throw undefined.failure();
        }
        throw new ChatTemplateException("'<' not supported between instances of '" + PythonTypes.name(left) + "' and '"
                + PythonTypes.name(right) + "'");
    }

    static boolean lessOrEqual(Object left, Object right, Budget budget) {
        return less(left, right, budget) || Equality.equal(left, right, budget);
    }

    /** A stable sort by keys computed once each, as Python's {@code sorted}. */
    static List<Object> sorted(List<Object> elements, List<Object> keys, boolean reverse, Budget budget) {
        budget.list(elements);
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < elements.size(); i++) {
            order.add(i);
        }
        Comparator<Integer> byKey = (a, b) -> compare(keys.get(a), keys.get(b), budget);
        if (reverse) {
            Collections.reverse(order);
        }
        try {
            order.sort(byKey);
        } catch (IllegalArgumentException inconsistent) {
            throw new ChatTemplateException("these values have no consistent order");
        }
        if (reverse) {
            Collections.reverse(order);
        }
        List<Object> sorted = new ArrayList<>();
        order.forEach(i -> sorted.add(elements.get(i)));
        return sorted;
    }

    static int compareText(String left, String right) {
        for (int i = 0; i < Math.min(left.length(), right.length()); i++) {
            if (left.charAt(i) != right.charAt(i)) {
                return Integer.compare(rank(left, i), rank(right, i));
            }
        }
        return Integer.compare(left.length(), right.length());
    }

    /** The code point that the character at this place belongs to. */
    private static int rank(String text, int at) {
        boolean inside = at > 0 && Character.isSurrogatePair(text.charAt(at - 1), text.charAt(at));
        return text.codePointAt(inside ? at - 1 : at);
    }

    private static int compare(Object left, Object right, Budget budget) {
        budget.elements(1);
        if (less(left, right, budget)) {
            return -1;
        }
        return less(right, left, budget) ? 1 : 0;
    }

    private static boolean lessElements(List<Object> left, List<Object> right, Budget budget) {
        budget.enter();
        try {
            for (int i = 0; i < Math.min(left.size(), right.size()); i++) {
                budget.elements(1);
                if (!Equality.equal(left.get(i), right.get(i), budget)) {
                    return less(left.get(i), right.get(i), budget);
                }
            }
            return left.size() < right.size();
        } finally {
            budget.leave();
        }
    }
}
