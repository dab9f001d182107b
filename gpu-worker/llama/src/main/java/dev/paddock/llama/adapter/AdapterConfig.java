package dev.paddock.llama.adapter;

import dev.paddock.llama.weights.JsonFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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

    AdapterForm form();

    /** Rank that a module, such as {@code model.layers.3.self_attn.q_proj}, was made with. */
    int rank(String module);

    /** What the product of B and A is multiplied with there. */
    double scale(String module);

    /** Names of modules that were trained whole, as {@code modules_to_save} has them. */
    List<String> savedModules();

    static AdapterConfig read(Path file) {
        JsonNode config = JsonFiles.read(file);
        return config.path("peft_type").asString("").equals(BottleneckConfig.TYPE)
                ? BottleneckConfig.read(config)
                : PeftConfig.read(config);
    }

    static void write(Path file, LoraSettings settings, LoraAdapter adapter, String baseModel) {
        ObjectNode config = settings.form().isBottleneck()
                ? BottleneckConfig.write(settings, adapter, baseModel)
                : PeftConfig.write(settings, adapter, baseModel);
        try {
            Files.writeString(file, JSON.writeValueAsString(config) + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes the modules that whole tensors belong to, as PEFT names them. */
    static void putModules(ObjectNode config, LoraAdapter adapter) {
        List<String> modules = adapter.modules().keySet().stream()
                .filter(tensor -> !tensor.equals("lm_head.weight") || !adapter.tiesOutput())
                .map(tensor -> SavedModule.of(tensor)
                        .orElseThrow(() -> new IllegalArgumentException(tensor + " is no tensor of a saved module")))
                .distinct()
                .sorted()
                .map(SavedModule::fileName)
                .toList();
        if (modules.isEmpty()) {
            config.putNull("modules_to_save");
        } else {
            modules.forEach(config.putArray("modules_to_save")::add);
        }
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
