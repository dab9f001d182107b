package dev.paddock.llama.training;

import dev.paddock.llama.config.UnsupportedModelException;
import dev.paddock.llama.weights.JsonFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** PEFT's {@code adapter_config.json}. */
final class PeftConfig {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();

    /** Options that say nothing about what the adapter computes. */
    private static final Set<String> WITHOUT_EFFECT = Set.of(
            "auto_mapping",
            "base_model_name_or_path",
            "inference_mode",
            "layers_pattern",
            "lora_dropout",
            "megatron_core",
            "peft_version",
            "qalora_group_size",
            "revision",
            "runtime_config",
            "target_modules");

    /** Options that are read, or that must have one value. */
    private static final Map<String, Set<String>> READ = Map.of(
            "r", Set.of(),
            "lora_alpha", Set.of(),
            "use_rslora", Set.of(),
            "peft_type", Set.of("LORA"),
            "task_type", Set.of("CAUSAL_LM", "null", ""),
            "bias", Set.of("none"),
            "init_lora_weights", Set.of("true", "false", "gaussian", "orthogonal"));

    private PeftConfig() {}

    static void write(Path file, LoraSettings settings, String baseModel) {
        ObjectNode config = JSON.createObjectNode();
        config.putObject("alpha_pattern");
        config.putNull("auto_mapping");
        config.put("base_model_name_or_path", baseModel);
        config.put("bias", "none");
        config.put("fan_in_fan_out", false);
        config.put("inference_mode", true);
        config.put("init_lora_weights", true);
        config.putNull("layers_pattern");
        config.putNull("layers_to_transform");
        putNumber(config, "lora_alpha", settings.alpha());
        config.put("lora_dropout", settings.dropout());
        config.putNull("modules_to_save");
        config.put("peft_type", "LORA");
        config.put("r", settings.rank());
        config.putObject("rank_pattern");
        config.putNull("revision");
        ArrayNode targets = config.putArray("target_modules");
        settings.targets().stream().map(Projection::moduleName).sorted().forEach(targets::add);
        config.put("task_type", "CAUSAL_LM");
        config.put("use_dora", false);
        config.put("use_rslora", settings.rankStabilized());
        try {
            Files.writeString(file, JSON.writeValueAsString(config) + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void putNumber(ObjectNode config, String name, double value) {
        if (value == Math.rint(value)) {
            config.put(name, (long) value);
        } else {
            config.put(name, value);
        }
    }

    /** Settings of an adapter on the given targets; its dropout is left out, since it only mattered in training. */
    static LoraSettings read(Path file, Set<Projection> targets) {
        JsonNode config = JsonFiles.read(file);
        config.properties().forEach(option -> check(option.getKey(), option.getValue()));
        JsonNode rank = config.path("r");
        JsonNode alpha = config.path("lora_alpha");
        if (!rank.isIntegralNumber() || rank.intValue() < 1 || !alpha.isNumber() || !(alpha.doubleValue() > 0)) {
            throw unsupported("r is " + rank + " and lora_alpha is " + alpha + "; both must be numbers above 0");
        }
        if (targets.isEmpty()) {
            throw unsupported("the adapter has no tensors");
        }
        boolean rankStabilized = config.path("use_rslora").asBoolean(false);
        return new LoraSettings(rank.intValue(), alpha.doubleValue(), 0, targets, rankStabilized);
    }

    private static void check(String option, JsonNode value) {
        Set<String> allowed = READ.get(option);
        if (allowed != null && !allowed.isEmpty() && !allowed.contains(value.asString("null"))) {
            throw unsupported("option " + option + " is " + value + "; supported are " + allowed);
        }
        boolean neutral = value.isNull()
                || (value.isBoolean() && !value.booleanValue())
                || (value.isContainer() && value.isEmpty());
        if (allowed == null && !WITHOUT_EFFECT.contains(option) && !neutral) {
            throw unsupported("option " + option + " is " + value + ", which the engine does not have");
        }
    }

    static UnsupportedModelException unsupported(String message) {
        return new UnsupportedModelException("adapter: " + message);
    }
}
