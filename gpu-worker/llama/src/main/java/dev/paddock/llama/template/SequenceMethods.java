package dev.paddock.llama.template;

import java.util.List;

/** The methods of a list that do not change it. */
final class SequenceMethods {
    private SequenceMethods() {}

    static Callable find(Object owner, String name) {
        List<Object> elements = Iterables.elements(owner);
        return switch (name) {
            case "count" -> (arguments, evaluation) -> count(elements, arguments, evaluation.budget());
            case "index" -> (arguments, evaluation) -> index(elements, arguments, evaluation.budget());
            case "copy" -> (arguments, evaluation) -> owner;
            default -> throw Members.unsupported(owner, name);
        };
    }

    private static Object count(List<Object> elements, Arguments arguments, Budget budget) {
        Object wanted = arguments.bind("value").required("value");
        return budget.list(elements).stream()
                .filter(element -> Equality.equal(element, wanted, budget))
                .count();
    }

    private static Object index(List<Object> elements, Arguments arguments, Budget budget) {
        Object wanted = arguments.bind("value").required("value");
        for (int i = 0; i < elements.size(); i++) {
            budget.elements(1);
            if (Equality.equal(elements.get(i), wanted, budget)) {
                return (long) i;
            }
        }
        throw new ChatTemplateException("the value is not in the list");
    }
}
