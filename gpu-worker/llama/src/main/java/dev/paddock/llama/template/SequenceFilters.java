package dev.paddock.llama.template;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** Filters on sequences and mappings. */
final class SequenceFilters {
    private SequenceFilters() {}

    static void register(Map<String, Filter> filters) {
        filters.put("length", SequenceFilters::length);
        filters.put("count", SequenceFilters::length);
        filters.put("first", SequenceFilters::first);
        filters.put("last", SequenceFilters::last);
        filters.put("join", SequenceFilters::join);
        filters.put("list", (value, arguments, evaluation) -> {
            arguments.bind();
            return evaluation.budget().list(new ArrayList<>(Iterables.elements(value)));
        });
        filters.put("items", SequenceFilters::items);
        filters.put("reverse", SequenceFilters::reverse);
        filters.put("sort", SequenceFilters::sort);
        filters.put("dictsort", SequenceFilters::dictsort);
        filters.put("unique", SequenceFilters::unique);
        filters.put("min", (value, arguments, evaluation) -> extreme(value, arguments, evaluation, false));
        filters.put("max", (value, arguments, evaluation) -> extreme(value, arguments, evaluation, true));
        filters.put("sum", SequenceFilters::sum);
        filters.put("batch", SequenceFilters::batch);
    }

    private static Object length(Object value, Arguments arguments, Evaluation evaluation) {
        arguments.bind();
        evaluation
                .budget()
                .characters(
                        PythonTypes.isText(value)
                                ? PythonText.requireText(value).length() / 8
                                : 1);
        return Iterables.length(value);
    }

    private static Object first(Object value, Arguments arguments, Evaluation evaluation) {
        arguments.bind();
        Iterator<Object> iterator = Iterables.iterator(value);
        return iterator.hasNext() ? iterator.next() : new Undefined("No first item, sequence was empty.");
    }

    private static Object last(Object value, Arguments arguments, Evaluation evaluation) {
        arguments.bind();
        List<Object> reversed = Iterables.reversed(value);
        evaluation.budget().list(reversed);
        return reversed.isEmpty() ? new Undefined("No last item, sequence was empty.") : reversed.get(0);
    }

    private static Object join(Object value, Arguments arguments, Evaluation evaluation) {
        Arguments.Bound bound = arguments.bind("d", "attribute");
        Budget budget = evaluation.budget();
        String separator = PythonText.str(bound.get("d", ""), budget);
        Function<Object, Object> getter =
                AttributePath.getter(bound.get("attribute", None.NONE), None.NONE, evaluation.budget());
        StringBuilder joined = new StringBuilder();
        String between = "";
        for (Object element : Iterables.elements(value)) {
            String text = PythonText.str(getter.apply(element), budget);
            budget.characters(between.length() + (long) text.length());
            joined.append(between).append(text);
            between = separator;
        }
        return joined.toString();
    }

    private static Object items(Object value, Arguments arguments, Evaluation evaluation) {
        arguments.bind();
        if (value instanceof Undefined) {
            return new Generator("items", List.of().iterator());
        }
        if (!(value instanceof Dict dict)) {
            throw new ChatTemplateException("Can only get item pairs from a mapping.");
        }
        return new Generator("items", evaluation.budget().list(dict.items()).iterator());
    }

    private static Object reverse(Object value, Arguments arguments, Evaluation evaluation) {
        arguments.bind();
        if (PythonTypes.isText(value)) {
            return Subscripts.slice(value, None.NONE, None.NONE, -1L, evaluation.budget());
        }
        List<Object> reversed;
        if (value instanceof Generator) {
            reversed = new ArrayList<>(Iterables.elements(value));
            java.util.Collections.reverse(reversed);
            return evaluation.budget().list(reversed);
        }
        reversed = Iterables.reversed(value);
        return new Generator("reversed", evaluation.budget().list(reversed).iterator());
    }

    private static Object sort(Object value, Arguments arguments, Evaluation evaluation) {
        Arguments.Bound bound = arguments.bind("reverse", "case_sensitive", "attribute");
        boolean caseSensitive = bound.truth("case_sensitive", false);
        Object attribute = bound.get("attribute", None.NONE);
        List<Object> attributes =
                attribute instanceof String names ? List.of((Object[]) names.split(",", -1)) : List.of(attribute);
        List<Function<Object, Object>> getters = attributes.stream()
                .map(each -> AttributePath.getter(each, None.NONE, evaluation.budget()))
                .toList();
        List<Object> elements = new ArrayList<>(Iterables.elements(value));
        List<Object> keys = new ArrayList<>();
        for (Object element : elements) {
            List<Object> key = new ArrayList<>();
            getters.forEach(getter -> key.add(fold(getter.apply(element), caseSensitive)));
            keys.add(key);
        }
        return Ordering.sorted(elements, keys, bound.truth("reverse", false), evaluation.budget());
    }

    private static Object dictsort(Object value, Arguments arguments, Evaluation evaluation) {
        Arguments.Bound bound = arguments.bind("case_sensitive", "by", "reverse");
        if (!(value instanceof Dict dict)) {
            throw new ChatTemplateException("dictsort takes a mapping, not " + PythonTypes.name(value));
        }
        String by = bound.text("by", "key");
        if (!by.equals("key") && !by.equals("value")) {
            throw new ChatTemplateException("You can only sort by either \"key\" or \"value\"");
        }
        boolean caseSensitive = bound.truth("case_sensitive", false);
        List<Object> keys = new ArrayList<>();
        (by.equals("key") ? dict.keys() : dict.values()).forEach(key -> keys.add(fold(key, caseSensitive)));
        return Ordering.sorted(dict.items(), keys, bound.truth("reverse", false), evaluation.budget());
    }

    private static Object unique(Object value, Arguments arguments, Evaluation evaluation) {
        Arguments.Bound bound = arguments.bind("case_sensitive", "attribute");
        boolean caseSensitive = bound.truth("case_sensitive", false);
        Function<Object, Object> getter =
                AttributePath.getter(bound.get("attribute", None.NONE), None.NONE, evaluation.budget());
        Set<Object> seen = new HashSet<>();
        List<Object> elements = new ArrayList<>(Iterables.elements(value));
        elements.removeIf(element -> !seen.add(Dict.hashable(fold(getter.apply(element), caseSensitive))));
        return new Generator("unique", evaluation.budget().list(elements).iterator());
    }

    private static Object extreme(Object value, Arguments arguments, Evaluation evaluation, boolean greatest) {
        Arguments.Bound bound = arguments.bind("case_sensitive", "attribute");
        boolean caseSensitive = bound.truth("case_sensitive", false);
        Function<Object, Object> getter =
                AttributePath.getter(bound.get("attribute", None.NONE), None.NONE, evaluation.budget());
        Object best = new Undefined("No aggregated item, sequence was empty.");
        Object bestKey = None.NONE;
        for (Object element : evaluation.budget().list(Iterables.elements(value))) {
            Object key = fold(getter.apply(element), caseSensitive);
            boolean better = best instanceof Undefined
                    || (greatest
                            ? Ordering.less(bestKey, key, evaluation.budget())
                            : Ordering.less(key, bestKey, evaluation.budget()));
            best = better ? element : best;
            bestKey = better ? key : bestKey;
        }
        return best;
    }

    private static Object sum(Object value, Arguments arguments, Evaluation evaluation) {
        Arguments.Bound bound = arguments.bind("attribute", "start");
        Function<Object, Object> getter =
                AttributePath.getter(bound.get("attribute", None.NONE), None.NONE, evaluation.budget());
        Object sum = bound.get("start", 0L);
        if (PythonTypes.isText(sum)) {
            throw new ChatTemplateException("sum() can't sum strings");
        }
        for (Object element : evaluation.budget().list(Iterables.elements(value))) {
            sum = Arithmetic.apply("+", sum, getter.apply(element), evaluation.budget());
        }
        return sum;
    }

    private static Object batch(Object value, Arguments arguments, Evaluation evaluation) {
        Arguments.Bound bound = arguments.bind("linecount", "fill_with");
        int count = (int) Math.max(1, Numbers.requireLong(bound.required("linecount")));
        List<Object> elements = evaluation.budget().list(Iterables.elements(value));
        List<Object> batches = new ArrayList<>();
        for (int i = 0; i < elements.size(); i += count) {
            List<Object> batch = new ArrayList<>(elements.subList(i, Math.min(i + count, elements.size())));
            while (bound.has("fill_with") && batch.size() < count) {
                evaluation.budget().elements(1);
                batch.add(bound.required("fill_with"));
            }
            batches.add(batch);
        }
        return new Generator("batch", batches.iterator());
    }

    private static Object fold(Object key, boolean caseSensitive) {
        return !caseSensitive && PythonTypes.isText(key) ? Characters.lower(PythonText.requireText(key)) : key;
    }
}
