package dev.paddock.llama.template;

import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Spliterators;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** {@code map}, {@code select}, {@code reject} and their attribute forms; lazy, as in Jinja; and {@code default}. */
final class SelectionFilters {
    private SelectionFilters() {}

    static void register(Map<String, Filter> filters) {
        filters.put("map", SelectionFilters::map);
        filters.put("select", (value, arguments, evaluation) -> select(value, arguments, evaluation, false, true));
        filters.put("reject", (value, arguments, evaluation) -> select(value, arguments, evaluation, false, false));
        filters.put("selectattr", (value, arguments, evaluation) -> select(value, arguments, evaluation, true, true));
        filters.put("rejectattr", (value, arguments, evaluation) -> select(value, arguments, evaluation, true, false));
        filters.put("default", SelectionFilters::fallback);
        filters.put("d", SelectionFilters::fallback);
    }

    private static Object fallback(Object value, Arguments arguments, Evaluation evaluation) {
        Arguments.Bound bound = arguments.bind("default_value", "boolean");
        boolean missing = value instanceof Undefined || (bound.truth("boolean", false) && !Truth.of(value));
        return missing ? bound.get("default_value", "") : value;
    }

    private static Object map(Object value, Arguments arguments, Evaluation evaluation) {
        if (!Truth.of(value)) {
            return new Generator("map", List.of().iterator());
        }
        Function<Object, Object> function = mapping(arguments, evaluation);
        return new Generator("map", stream(value, evaluation).map(function).iterator());
    }

    private static Function<Object, Object> mapping(Arguments arguments, Evaluation evaluation) {
        if (arguments.positional().isEmpty()) {
            Arguments.Bound bound = arguments.bind("attribute", "default");
            return AttributePath.getter(
                    bound.required("attribute"), bound.get("default", None.NONE), evaluation.budget());
        }
        String name = PythonText.requireText(arguments.positional().get(0));
        Arguments rest = arguments.drop(1);
        return element -> Filters.apply(name, element, rest, evaluation);
    }

    private static Object select(
            Object value, Arguments arguments, Evaluation evaluation, boolean attribute, boolean wanted) {
        if (!Truth.of(value)) {
            return new Generator("select", List.of().iterator());
        }
        int offset = attribute ? 1 : 0;
        if (arguments.positional().size() < offset) {
            throw new ChatTemplateException("missing parameter for attribute name");
        }
        Function<Object, Object> getter = attribute
                ? AttributePath.getter(arguments.positional().get(0), None.NONE, evaluation.budget())
                : element -> element;
        Predicate<Object> test = test(arguments.drop(offset), evaluation);
        Iterator<Object> selected = stream(value, evaluation)
                .filter(element -> test.test(getter.apply(element)) == wanted)
                .iterator();
        return new Generator("select", selected);
    }

    private static Predicate<Object> test(Arguments arguments, Evaluation evaluation) {
        if (arguments.positional().isEmpty()) {
            return Truth::of;
        }
        String name = PythonText.requireText(arguments.positional().get(0));
        Arguments rest = arguments.drop(1);
        return element -> Tests.test(name, element, rest, evaluation);
    }

    private static Stream<Object> stream(Object value, Evaluation evaluation) {
        Iterator<Object> iterator = Iterables.iterator(value);
        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(iterator, 0), false)
                .peek(element -> evaluation.budget().elements(1));
    }
}
