package dev.paddock.llama.adapter;

import dev.paddock.llama.config.MalformedModelFileException;
import dev.paddock.llama.config.UnsupportedModelException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The configuration that LLM-Adapters' fork of PEFT (Hu et al. 2023, arXiv:2304.01933) gives bottleneck adapters. */
final class BottleneckConfig implements AdapterConfig {
    static final String TYPE = "BOTTLENECK";
    private static final String FILE = "adapter_config.json: ";
    private static final String SIZE = "bottleneck_size";
    private static final String SCALING = "scaling";

    private static final Set<String> ANY_VALUE = Set.of(
            "adapter_dropout",
            "base_model_name_or_path",
            SIZE,
            "inference_mode",
            "init_weights",
            "modules_to_save",
            "peft_type",
            SCALING,
            "target_modules",
            AdapterConfig.TASK,
            "use_parallel_adapter");

    private static final Map<String, Set<String>> VALUES = Map.of(
            "bias", Set.of("none"),
            "non_linearity", Set.of("tanh"));

    /** Where the fork's series adapter reads and changes a layer's inputs. */
    private static final Set<String> BEFORE_THE_LAYER = Set.of("gate_proj", "up_proj");

    private final JsonNode config;

    private BottleneckConfig(JsonNode config) {
        this.config = config;
    }

    static ObjectNode write(LoraSettings settings, LoraAdapter adapter, TaskType task, String baseModel) {
        ObjectNode config = JSON.createObjectNode();
        config.put("adapter_dropout", settings.dropout());
        config.put("base_model_name_or_path", baseModel);
        config.put("bias", "none");
        config.put(SIZE, settings.rank());
        config.put("inference_mode", true);
        config.put("init_weights", "bert");
        AdapterConfig.putModules(config, adapter, task);
        config.put("non_linearity", "tanh");
        config.put("peft_type", TYPE);
        config.put(SCALING, settings.scale());
        ArrayNode targets = config.putArray("target_modules");
        settings.targets().stream().map(Projection::moduleName).sorted().forEach(targets::add);
        config.put(AdapterConfig.TASK, task.name());
        config.put("use_parallel_adapter", settings.form() == AdapterForm.PARALLEL);
        return config;
    }

    static BottleneckConfig read(JsonNode config) {
        config.properties().forEach(option -> ConfigOptions.check(option, VALUES, ANY_VALUE));
        JsonNode size = config.path(SIZE);
        JsonNode scaling = config.path(SCALING);
        if (!size.isIntegralNumber() || size.asInt(0) < 1 || !scaling.isNumber() || !(scaling.doubleValue() > 0)) {
            throw new MalformedModelFileException(FILE + SIZE + " is " + size + " and " + SCALING + " " + scaling
                    + "; both must be numbers above 0, and a learned scaling is not served");
        }
        BottleneckConfig read = new BottleneckConfig(config);
        for (JsonNode target : config.path("target_modules")) {
            if (read.form() == AdapterForm.SERIES && BEFORE_THE_LAYER.contains(target.asString(""))) {
                throw new UnsupportedModelException(
                        FILE + "target_modules has " + target
                                + ", whose series adapter stands before the layer; the engine has those behind one, such as down_proj");
            }
        }
        return read;
    }

    @Override
    public AdapterForm form() {
        return config.path("use_parallel_adapter").asBoolean(false) ? AdapterForm.PARALLEL : AdapterForm.SERIES;
    }

    @Override
    public List<String> savedModules() {
        return AdapterConfig.modules(config);
    }

    @Override
    public int rank(String module) {
        return config.path(SIZE).asInt();
    }

    @Override
    public double scale(String module) {
        return config.path(SCALING).asDouble();
    }
}
