package dev.paddock.llama.adapter;

import dev.paddock.llama.config.MalformedModelFileException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** PEFT's {@code adapter_config.json}; whatever would change the result and is not done here is refused. */
final class PeftConfig implements AdapterConfig {
    private static final String FILE = "adapter_config.json: ";
    private static final String TYING = "ensure_weight_tying";
    private static final String USE_DORA = "use_dora";

    /** Options that are read, or that say nothing about what the adapter computes beside its tensors. */
    private static final Set<String> ANY_VALUE = Set.of(
            "alpha_pattern",
            "auto_mapping",
            "base_model_name_or_path",
            TYING,
            "inference_mode",
            "layers_pattern",
            "layers_to_transform",
            "lora_alpha",
            "lora_dropout",
            "megatron_core",
            "modules_to_save",
            "peft_version",
            "qalora_group_size",
            "r",
            "rank_pattern",
            "revision",
            "runtime_config",
            "target_modules",
            AdapterConfig.TASK,
            USE_DORA,
            "use_rslora");

    /** Options that must have one of a few values. */
    private static final Map<String, Set<String>> VALUES = Map.of(
            "peft_type", Set.of("LORA"),
            "bias", Set.of("none"),
            "init_lora_weights", Set.of("true", "false", "gaussian", "orthogonal"));

    private final JsonNode config;

    private PeftConfig(JsonNode config) {
        this.config = config;
    }

    static ObjectNode write(LoraSettings settings, LoraAdapter adapter, TaskType task, String baseModel) {
        ObjectNode config = JSON.createObjectNode();
        ObjectNode alphas = config.putObject("alpha_pattern");
        settings.alphaPattern().forEach((pattern, alpha) -> AdapterConfig.putNumber(alphas, pattern, alpha));
        config.putNull("auto_mapping");
        config.put("base_model_name_or_path", baseModel);
        config.put("bias", "none");
        config.put(TYING, adapter.tiesOutput());
        config.put("fan_in_fan_out", false);
        config.put("inference_mode", true);
        config.put("init_lora_weights", true);
        config.putNull("layers_pattern");
        putLayers(config, settings);
        AdapterConfig.putNumber(config, "lora_alpha", settings.alpha());
        config.put("lora_dropout", settings.dropout());
        AdapterConfig.putModules(config, adapter, task);
        config.put("peft_type", "LORA");
        config.put("r", settings.rank());
        settings.rankPattern().forEach(config.putObject("rank_pattern")::put);
        config.putNull("revision");
        ArrayNode targets = config.putArray("target_modules");
        settings.targets().stream().map(Projection::moduleName).sorted().forEach(targets::add);
        config.put(AdapterConfig.TASK, task.name());
        config.put(USE_DORA, settings.form() == AdapterForm.DORA);
        config.put("use_rslora", settings.rankStabilized());
        return config;
    }

    private static void putLayers(ObjectNode config, LoraSettings settings) {
        if (settings.layers().isEmpty()) {
            config.putNull("layers_to_transform");
        } else {
            settings.layers().forEach(config.putArray("layers_to_transform")::add);
        }
    }

    static PeftConfig read(JsonNode config) {
        config.properties().forEach(option -> ConfigOptions.check(option, VALUES, ANY_VALUE));
        JsonNode rank = config.path("r");
        JsonNode alpha = config.path("lora_alpha");
        if (!rank.isIntegralNumber() || rank.asInt(0) < 1 || !alpha.isNumber() || !(alpha.doubleValue() > 0)) {
            throw new MalformedModelFileException(
                    FILE + "r is " + rank + " and lora_alpha " + alpha + "; both must be numbers above 0");
        }
        return new PeftConfig(config);
    }

    @Override
    public AdapterForm form() {
        return config.path(USE_DORA).asBoolean(false) ? AdapterForm.DORA : AdapterForm.LORA;
    }

    @Override
    public List<String> savedModules() {
        return AdapterConfig.modules(config);
    }

    @Override
    public int rank(String module) {
        return (int) pattern("rank_pattern", module, config.path("r").asInt());
    }

    /** {@code alpha / r}, or {@code alpha / sqrt(r)} with rank stabilisation. */
    @Override
    public double scale(String module) {
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
                        FILE + field + " has the key '" + entry.getKey() + "', which is no regular expression", e);
            }
        }
        return otherwise;
    }
}
