package dev.paddock.llama.template;

import java.util.function.Function;

/** The attribute argument of {@code map}, {@code sort}, {@code selectattr} and others: {@code "a.b.0"}. */
final class AttributePath {
    private AttributePath() {}

    /** Reads the path from an element; None reads the element itself, a missing part gives the fallback. */
    static Function<Object, Object> getter(Object path, Object fallback, Budget budget) {
        if (path == None.NONE) {
            return element -> element;
        }
        if (!PythonTypes.isText(path)) {
            return element -> part(element, path, fallback, budget);
        }
        String[] parts = PythonText.requireText(path).split("\\.", -1);
        return element -> {
            Object value = element;
            for (String part : parts) {
                boolean number = part.matches("\\d{1,9}");
                value = part(value, number ? (Object) Long.valueOf(part) : part, fallback, budget);
            }
            return value;
        };
    }

    private static Object part(Object element, Object part, Object fallback, Budget budget) {
        Object value = Subscripts.item(element, part, budget);
        return value instanceof Undefined && fallback != None.NONE ? fallback : value;
    }
}
