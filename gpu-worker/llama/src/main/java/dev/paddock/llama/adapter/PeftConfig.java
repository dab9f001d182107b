package dev.paddock.llama.adapter;

import dev.paddock.llama.config.MalformedModelFileException;
import dev.paddock.llama.config.UnsupportedModelException;
import dev.paddock.llama.weights.JsonFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** PEFT's {@code adapter_config.json}; whatever would change the result and is not done here is refused. */
final class PeftConfig {
    private static final String FILE = "adapter_config.json: ";
    private static final String MODULES_TO_SAVE = "modules_to_save";
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();

    /** Options that are read, or that say nothing about what the adapter computes beside its tensors. */
    private static final Set<String> ANY_VALUE = Set.of(
            "alpha_pattern",
            "auto_mapping",
            "base_model_name_or_path",
            "inference_mode",
            "layers_pattern",
            "layers_to_transform",
            "lora_alpha",
            "lora_dropout",
            "megatron_core",
            "peft_version",
            "qalora_group_size",
            "r",
            "rank_pattern",
            "revision",
            "runtime_config",
            "target_modules",
            "use_rslora");

    /** Options that must have one of a few values. */
    private static final Map<String, Set<String>> VALUES = Map.of(
            "peft_type", Set.of("LORA"),
            "bias", Set.of("none"),
            "init_lora_weights", Set.of("true", "false", "gaussian", "orthogonal"));

    private static final Set<String> HEADS = Set.of(LinearHead.MODULE, "classifier");
    private static final Set<String> TEXT_TASKS = Set.of(TaskType.CAUSAL_LM.name(), "null", "");
    private static final Set<String> LABEL_TASKS = Set.of(TaskType.SEQ_CLS.name(), TaskType.TOKEN_CLS.name());

    private final JsonNode config;

    private PeftConfig(JsonNode config) {
        this.config = config;
    }

    static void write(Path file, LoraSettings settings, TaskType task, String baseModel) {
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
        if (task == TaskType.CAUSAL_LM) {
            config.putNull(MODULES_TO_SAVE);
        } else {
            config.putArray(MODULES_TO_SAVE).add(LinearHead.MODULE);
        }
        config.put("peft_type", "LORA");
        config.put("r", settings.rank());
        config.putObject("rank_pattern");
        config.putNull("revision");
        ArrayNode targets = config.putArray("target_modules");
        settings.targets().stream().map(Projection::moduleName).sorted().forEach(targets::add);
        config.put("task_type", task.name());
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

    /** @param headed whether the adapter is to have a head that gives labels, or none */
    static PeftConfig read(Path file, boolean headed) {
        JsonNode config = JsonFiles.read(file);
        check("task_type", config.path("task_type"), headed ? LABEL_TASKS : TEXT_TASKS);
        config.properties().stream()
                .filter(option -> !option.getKey().equals("task_type"))
                .filter(option -> !headed || !option.getKey().equals(MODULES_TO_SAVE))
                .forEach(option -> check(option.getKey(), option.getValue()));
        if (headed) {
            checkHead(config.path(MODULES_TO_SAVE));
        }
        JsonNode rank = config.path("r");
        JsonNode alpha = config.path("lora_alpha");
        if (!rank.isIntegralNumber() || rank.asInt(0) < 1 || !alpha.isNumber() || !(alpha.doubleValue() > 0)) {
            throw new MalformedModelFileException(
                    FILE + "r is " + rank + " and lora_alpha " + alpha + "; both must be numbers above 0");
        }
        return new PeftConfig(config);
    }

    private static void check(String option, JsonNode value, Set<String> allowed) {
        if (!allowed.contains(value.asString("null"))) {
            throw new UnsupportedModelException(
                    FILE + "option " + option + " is " + value + "; supported are " + allowed);
        }
    }

    /** PEFT writes the names of every head that it knows, and saves the one that the model has. */
    private static void checkHead(JsonNode modules) {
        Set<String> names = modules.valueStream().map(JsonNode::asString).collect(Collectors.toSet());
        if (!names.contains(LinearHead.MODULE) || !HEADS.containsAll(names)) {
            throw new UnsupportedModelException(FILE + "option modules_to_save is " + modules
                    + "; an adapter with labels saves " + LinearHead.MODULE);
        }
    }

    private static void check(String option, JsonNode value) {
        Set<String> allowed = VALUES.get(option);
        if (allowed != null) {
            check(option, value, allowed);
        }
        boolean neutral = value.isNull()
                || (value.isBoolean() && !value.booleanValue())
                || (value.isContainer() && value.isEmpty());
        if (allowed == null && !ANY_VALUE.contains(option) && !neutral) {
            throw new UnsupportedModelException(
                    FILE + "option " + option + " is " + value + ", which the engine does not have");
        }
    }

    TaskType task() {
        String task = config.path("task_type").asString("");
        return task.isEmpty() ? TaskType.CAUSAL_LM : TaskType.valueOf(task);
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
                        FILE + field + " has the key '" + entry.getKey() + "', which is no regular expression", e);
            }
        }
        return otherwise;
    }
}
