package dev.paddock.llama.adapter;

import dev.paddock.llama.config.UnsupportedModelException;
import dev.paddock.llama.weights.JsonFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** An {@code adapter_config.json}: PEFT's of low-rank adapters, or that of LLM-Adapters' fork of it for bottlenecks. */
interface AdapterConfig {
    JsonMapper JSON = JsonMapper.builder()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();

    String TASK = "task_type";

    /** The head that gives labels, and the other names that PEFT knows of it. */
    Set<String> HEADS = Set.of(LinearHead.MODULE, "classifier");

    AdapterForm form();

    /** Rank that a module, such as {@code model.layers.3.self_attn.q_proj}, was made with. */
    int rank(String module);

    /** What the product of B and A is multiplied with there. */
    double scale(String module);

    /** Names of modules that were trained whole, as {@code modules_to_save} has them. */
    List<String> savedModules();

    /**
     * Reads a configuration.
     *
     * @param headed whether the adapter is to have a head that gives labels, or none
     */
    static AdapterConfig read(Path file, boolean headed) {
        JsonNode config = JsonFiles.read(file);
        TaskType task = task(config);
        if (headed == (task == TaskType.CAUSAL_LM)) {
            throw new UnsupportedModelException("adapter_config.json: option task_type is " + config.path(TASK)
                    + "; supported are " + (headed ? "SEQ_CLS and TOKEN_CLS" : "CAUSAL_LM and none"));
        }
        if (headed && modules(config).stream().noneMatch(LinearHead.MODULE::equals)) {
            throw new UnsupportedModelException("adapter_config.json: option modules_to_save is "
                    + config.path("modules_to_save") + "; an adapter with labels saves " + LinearHead.MODULE);
        }
        return config.path("peft_type").asString("").equals(BottleneckConfig.TYPE)
                ? BottleneckConfig.read(config)
                : PeftConfig.read(config);
    }

    /** What the model of an adapter gives. */
    static TaskType task(Path file) {
        return task(JsonFiles.read(file));
    }

    private static TaskType task(JsonNode config) {
        String task = config.path(TASK).asString("");
        if (task.isEmpty() || task.equals("null")) {
            return TaskType.CAUSAL_LM;
        }
        return Arrays.stream(TaskType.values())
                .filter(known -> known.name().equals(task))
                .findFirst()
                .orElseThrow(() -> new UnsupportedModelException("adapter_config.json: option task_type is "
                        + config.path(TASK) + "; supported are " + Arrays.toString(TaskType.values())));
    }

    static void write(Path file, LoraSettings settings, LoraAdapter adapter, TaskType task, String baseModel) {
        ObjectNode config = settings.form().isBottleneck()
                ? BottleneckConfig.write(settings, adapter, task, baseModel)
                : PeftConfig.write(settings, adapter, task, baseModel);
        try {
            Files.writeString(file, JSON.writeValueAsString(config) + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes the modules that whole tensors belong to, as PEFT names them. */
    static void putModules(ObjectNode config, LoraAdapter adapter, TaskType task) {
        Stream<String> head = task == TaskType.CAUSAL_LM ? Stream.empty() : Stream.of(LinearHead.MODULE);
        List<String> modules = Stream.concat(head, wholeModules(adapter)).toList();
        if (modules.isEmpty()) {
            config.putNull("modules_to_save");
        } else {
            modules.forEach(config.putArray("modules_to_save")::add);
        }
    }

    private static Stream<String> wholeModules(LoraAdapter adapter) {
        return adapter.modules().keySet().stream()
                .filter(tensor -> !tensor.equals("lm_head.weight") || !adapter.tiesOutput())
                .map(tensor -> SavedModule.of(tensor)
                        .orElseThrow(() -> new IllegalArgumentException(tensor + " is no tensor of a saved module")))
                .distinct()
                .sorted()
                .map(SavedModule::fileName);
    }

    /** The names in {@code modules_to_save}. */
    static List<String> modules(JsonNode config) {
        return config.path("modules_to_save")
                .valueStream()
                .map(name -> name.asString(""))
                .toList();
    }

    /** A number as JSON writes whole ones: without a fraction. */
    static void putNumber(ObjectNode config, String name, double value) {
        if (value == Math.rint(value)) {
            config.put(name, (long) value);
        } else {
            config.put(name, value);
        }
    }
}
