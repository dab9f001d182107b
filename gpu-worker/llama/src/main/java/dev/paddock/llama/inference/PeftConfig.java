package dev.paddock.llama.inference;

import dev.paddock.llama.config.MalformedModelFileException;
import dev.paddock.llama.config.UnsupportedModelException;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import tools.jackson.databind.JsonNode;

/** What serving needs of PEFT's {@code adapter_config.json}; whatever would change the result and is not done here is refused. */
final class PeftConfig {
    private static final Map<String, List<String>> REFUSED = Map.of(
            "use_dora", List.of("true"),
            "lora_bias", List.of("true"),
            "fan_in_fan_out", List.of("true"),
            "use_qalora", List.of("true"),
            "use_bdlora", List.of("true"));
    private static final List<String> ABSENT =
            List.of("modules_to_save", "layer_replication", "trainable_token_indices", "alora_invocation_tokens");

    private final JsonNode config;

    PeftConfig(JsonNode config) {
        this.config = config;
        require("peft_type", config.path("peft_type").asString("LORA").equals("LORA"), "LORA");
        require("bias", config.path("bias").asString("none").equals("none"), "none");
        REFUSED.forEach((field, values) ->
                require(field, !values.contains(config.path(field).asString("")), "false"));
        ABSENT.forEach(field -> require(
                field, config.path(field).isMissingNode() || config.path(field).isNull(), "null"));
        if (config.path("r").asInt(0) < 1 || !config.path("lora_alpha").isNumber()) {
            throw new MalformedModelFileException(
                    "adapter_config.json: r is %s and lora_alpha %s; both must be numbers above 0"
                            .formatted(config.path("r"), config.path("lora_alpha")));
        }
    }

    /** Rank that a module was made with. */
    int rank(String module) {
        return (int) pattern("rank_pattern", module, config.path("r").asInt());
    }

    /** Factor of its update: {@code alpha / r}, or {@code alpha / sqrt(r)} with rank stabilisation. */
    double scale(String module) {
        double alpha =
                pattern("alpha_pattern", module, config.path("lora_alpha").asDouble());
        int rank = rank(module);
        return alpha / (config.path("use_rslora").asBoolean(false) ? Math.sqrt(rank) : rank);
    }

    /** The value whose key, a regular expression, matches the end of the module's name. */
    private double pattern(String field, String module, double otherwise) {
        for (Map.Entry<String, JsonNode> entry : config.path(field).properties()) {
            try {
                if (Pattern.matches("(.*\\.)?(" + entry.getKey() + ")", module)) {
                    return entry.getValue().asDouble();
                }
            } catch (PatternSyntaxException e) {
                throw new MalformedModelFileException(
                        "adapter_config.json: %s has the key '%s', which is no regular expression"
                                .formatted(field, entry.getKey()),
                        e);
            }
        }
        return otherwise;
    }

    private void require(String field, boolean holds, String supported) {
        if (!holds) {
            throw new UnsupportedModelException("adapter_config.json: %s is %s; only %s is supported"
                    .formatted(field, config.path(field), supported));
        }
    }
}
