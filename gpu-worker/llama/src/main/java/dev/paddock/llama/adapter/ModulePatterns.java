package dev.paddock.llama.adapter;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Values for single layers, as PEFT's {@code rank_pattern} and {@code alpha_pattern} give them. */
final class ModulePatterns {
    private ModulePatterns() {}

    /**
     * The first value whose key, a regular expression, matches the end of a layer's name.
     *
     * @throws PatternSyntaxException for a key that is none
     */
    static <V> Optional<V> find(Map<String, V> patterns, String module) {
        return patterns.entrySet().stream()
                .filter(entry -> matches(entry.getKey(), module))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    private static boolean matches(String key, String module) {
        return Pattern.matches("(.*\\.)?(" + key + ")", module);
    }

    /** Refuses a key that is no regular expression. */
    static void requireExpressions(String field, Set<String> keys) {
        for (String key : keys) {
            try {
                Pattern.compile("(" + key + ")");
            } catch (PatternSyntaxException e) {
                throw new IllegalArgumentException(
                        field + " has the key '" + key + "', which is no regular expression (" + e.getDescription()
                                + "); write for instance layers.0.self_attn.q_proj",
                        e);
            }
        }
    }

    /** Refuses a key that matches none of the layers, and two keys that match the same one: a map has no order to choose by. */
    static void check(String field, Set<String> keys, Collection<String> layers) {
        for (String key : keys) {
            if (layers.stream().noneMatch(layer -> matches(key, layer))) {
                throw new IllegalArgumentException(field + " has the key '" + key
                        + "', which matches the end of no adapted layer's name; these are " + some(layers));
            }
        }
        for (String layer : layers) {
            List<String> matching =
                    keys.stream().filter(key -> matches(key, layer)).toList();
            if (matching.size() > 1) {
                throw new IllegalArgumentException(
                        field + " has the keys " + matching + ", which all match " + layer + ": leave one that does");
            }
        }
    }

    private static String some(Collection<String> layers) {
        List<String> first = layers.stream().limit(8).toList();
        return String.join(", ", first) + (layers.size() > first.size() ? ", …" : "");
    }
}
