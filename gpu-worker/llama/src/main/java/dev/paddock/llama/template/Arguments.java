package dev.paddock.llama.template;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The evaluated arguments of a call.
 *
 * @param positional in order
 * @param keywords by name, in order of writing
 */
record Arguments(List<Object> positional, Map<String, Object> keywords) {
    static final Arguments NONE = new Arguments(List.of(), Map.of());

    /** The arguments by parameter name; names that were not given are absent. */
    Bound bind(String... names) {
        if (positional.size() > names.length) {
            throw new ChatTemplateException(
                    "takes at most " + names.length + " arguments, " + positional.size() + " given");
        }
        Map<String, Object> values = new LinkedHashMap<>();
        for (int i = 0; i < positional.size(); i++) {
            values.put(names[i], positional.get(i));
        }
        keywords.forEach((name, value) -> {
            if (!List.of(names).contains(name)) {
                throw new ChatTemplateException("unexpected keyword argument '" + name + "'");
            }
            if (values.put(name, value) != null) {
                throw new ChatTemplateException("argument '" + name + "' given twice");
            }
        });
        return new Bound(values);
    }

    /** Without the first {@code count} positional arguments. */
    Arguments drop(int count) {
        return new Arguments(new ArrayList<>(positional.subList(count, positional.size())), keywords);
    }

    /** Arguments by parameter name. */
    record Bound(Map<String, Object> values) {
        boolean has(String name) {
            return values.containsKey(name) && values.get(name) != None.NONE;
        }

        Object get(String name, Object fallback) {
            return values.getOrDefault(name, fallback);
        }

        Object required(String name) {
            Object value = values.get(name);
            if (value == null) {
                throw new ChatTemplateException("missing argument '" + name + "'");
            }
            return value;
        }

        String text(String name, String fallback) {
            return values.containsKey(name) ? PythonText.requireText(required(name)) : fallback;
        }

        long integer(String name, long fallback) {
            return values.containsKey(name) ? Numbers.requireLong(required(name)) : fallback;
        }

        boolean truth(String name, boolean fallback) {
            return values.containsKey(name) ? Truth.of(required(name)) : fallback;
        }
    }
}
