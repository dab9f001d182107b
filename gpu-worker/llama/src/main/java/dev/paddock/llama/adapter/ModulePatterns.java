package dev.paddock.llama.adapter;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Values for single layers, as PEFT's {@code rank_pattern} and {@code alpha_pattern} give them. */
final class ModulePatterns {
    private ModulePatterns() {}

    /**
     * The first value whose key, a regular expression, matches the end of a layer's name.
     *
     * @throws java.util.regex.PatternSyntaxException for a key that is none
     */
    static <V> Optional<V> find(Map<String, V> patterns, String module) {
        return patterns.entrySet().stream()
                .filter(entry -> Pattern.matches("(.*\\.)?(" + entry.getKey() + ")", module))
                .map(Map.Entry::getValue)
                .findFirst();
    }
}
