package dev.paddock.llama.template;

import java.util.List;

/** Python's {@code ==} and {@code in}. */
final class Equality {
    private Equality() {}

    static boolean equal(Object left, Object right, Budget budget) {
        if (Numbers.isNumber(left) && Numbers.isNumber(right)) {
            return Numbers.equal(left, right);
        }
        if (PythonTypes.isText(left) && PythonTypes.isText(right)) {
            String text = PythonText.requireText(left);
            budget.characters(text.length() / 8);
            return text.equals(PythonText.requireText(right));
        }
        if ((left instanceof List && right instanceof List) || (left instanceof Tuple && right instanceof Tuple)) {
            return elementsEqual(Iterables.elements(left), Iterables.elements(right), budget);
        }
        if (left instanceof Dict first && right instanceof Dict second) {
            return dictsEqual(first, second, budget);
        }
        if (left instanceof Undefined) {
            return right instanceof Undefined;
        }
        if (left instanceof Range && right instanceof Range) {
            return elementsEqual(Iterables.elements(left), Iterables.elements(right), budget);
        }
        if (left instanceof DictView && right instanceof DictView) {
            throw ChatTemplateException.unsupported("comparing dict views");
        }
        return left == right;
    }

    static boolean contains(Object container, Object element, Budget budget) {
        if (PythonTypes.isText(container)) {
            if (!PythonTypes.isText(element)) {
                throw new ChatTemplateException(
                        "'in <string>' requires string as left operand, not " + PythonTypes.name(element));
            }
            return budget.text(PythonText.requireText(container)).contains(PythonText.requireText(element));
        }
        if (container instanceof Dict dict) {
            return dict.contains(element);
        }
        budget.elements(
                container instanceof Generator
                        ? 1
                        : Iterables.elements(container).size());
        var iterator = Iterables.iterator(container);
        while (iterator.hasNext()) {
            if (equal(iterator.next(), element, budget)) {
                return true;
            }
        }
        return false;
    }

    private static boolean elementsEqual(List<Object> left, List<Object> right, Budget budget) {
        if (left.size() != right.size()) {
            return false;
        }
        budget.list(left);
        budget.enter();
        for (int i = 0; i < left.size(); i++) {
            if (!equal(left.get(i), right.get(i), budget)) {
                budget.leave();
                return false;
            }
        }
        budget.leave();
        return true;
    }

    private static boolean dictsEqual(Dict left, Dict right, Budget budget) {
        if (left.size() != right.size()) {
            return false;
        }
        budget.elements(left.size());
        budget.enter();
        boolean same = left.entries().stream().allMatch(entry -> {
            Object other = right.get(entry.key());
            return other != null && equal(entry.value(), other, budget);
        });
        budget.leave();
        return same;
    }
}
