package dev.paddock.llama.adapter;

import dev.paddock.llama.config.UnsupportedModelException;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** What an {@code adapter_config.json} may say. */
final class ConfigOptions {
    private static final String FILE = "adapter_config.json: ";

    private ConfigOptions() {}

    /**
     * Refuses an option that would change the result and is not done here.
     *
     * @param values options that must have one of a few values
     * @param any options that are read, or that say nothing about what the adapter computes beside its tensors
     */
    static void check(Map.Entry<String, JsonNode> option, Map<String, Set<String>> values, Set<String> any) {
        JsonNode value = option.getValue();
        Set<String> allowed = values.get(option.getKey());
        if (allowed != null && !allowed.contains(value.asString("null"))) {
            throw new UnsupportedModelException(
                    FILE + "option " + option.getKey() + " is " + value + "; supported are " + allowed);
        }
        boolean neutral = value.isNull()
                || (value.isBoolean() && !value.booleanValue())
                || (value.isContainer() && value.isEmpty());
        if (allowed == null && !any.contains(option.getKey()) && !neutral) {
            throw new UnsupportedModelException(
                    FILE + "option " + option.getKey() + " is " + value + ", which the engine does not have");
        }
    }
}
