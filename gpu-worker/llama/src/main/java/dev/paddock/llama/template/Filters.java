package dev.paddock.llama.template;

import java.util.HashMap;
import java.util.Map;

/** Every supported filter by name. */
final class Filters {
    private static final Map<String, Filter> BY_NAME = new HashMap<>();

    static {
        TextFilters.register(BY_NAME);
        SequenceFilters.register(BY_NAME);
        SelectionFilters.register(BY_NAME);
        NumberFilters.register(BY_NAME);
        BY_NAME.put("tojson", JsonFilter::apply);
    }

    private Filters() {}

    static boolean exists(String name) {
        return BY_NAME.containsKey(name);
    }

    static Object apply(String name, Object value, Arguments arguments, Evaluation evaluation) {
        Filter filter = BY_NAME.get(name);
        if (filter == null) {
            throw ChatTemplateException.unsupported("the filter '" + name + "'");
        }
        evaluation.budget().elements(1);
        return filter.apply(value, arguments, evaluation);
    }
}
