package dev.paddock.llama.export;

import dev.paddock.llama.config.LlamaConfig;
import dev.paddock.llama.tokenizer.GgufTokenizerFiles;
import dev.paddock.llama.weights.Gguf;
import dev.paddock.llama.weights.ModelFiles;
import dev.paddock.llama.weights.SafetensorsWriter;
import dev.paddock.llama.weights.TensorType;
import dev.paddock.llama.weights.WeightSource;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A model as the files of a Hugging Face folder: those of a Hugging Face folder as they are, and those of a GGUF file rewritten
 * ({@code config.json}, {@code generation_config.json}, {@code tokenizer.json}, {@code tokenizer_config.json} and
 * {@code model.safetensors}). Quantized tensors are dequantized to fp32, which is exact; others keep their type. The same model
 * gives the same bytes.
 */
public final class HuggingFaceFolder {
    private static final Map<TensorType, String> DTYPES =
            Map.of(TensorType.F32, "float32", TensorType.F16, "float16", TensorType.BF16, "bfloat16");
    private static final String EMBEDDING = "model.embed_tokens.weight";

    private HuggingFaceFolder() {}

    /** One file's content, made while it is written. */
    @FunctionalInterface
    public interface Content {
        /** Writes all bytes and leaves {@code target} open. */
        void writeTo(OutputStream target) throws IOException;
    }

    /**
     * The files by name, in the order in which they are best written. Everything that can be refused is refused here; the model's
     * files must stay where they are until all contents are written.
     *
     * @param model a Hugging Face folder, a {@code .gguf} file, or a folder that holds one
     * @throws dev.paddock.llama.config.UnsupportedModelException for a model or tokenizer that the engine does not have
     * @throws dev.paddock.llama.config.MalformedModelFileException for a file that breaks its format
     */
    public static Map<String, Content> of(Path model) throws IOException {
        Optional<Path> gguf = ModelFiles.gguf(model);
        return gguf.isPresent() ? rewritten(gguf.get()) : asTheyAre(model);
    }

    private static Map<String, Content> asTheyAre(Path folder) throws IOException {
        Map<String, Content> files = new LinkedHashMap<>();
        try (Stream<Path> found = Files.list(folder)) {
            found.filter(Files::isRegularFile)
                    .sorted()
                    .forEach(file -> files.put(file.getFileName().toString(), target -> Files.copy(file, target)));
        }
        return files;
    }

    private static Map<String, Content> rewritten(Path gguf) {
        Map<String, Content> files = new LinkedHashMap<>();
        try (WeightSource weights = ModelFiles.open(gguf)) {
            LlamaConfig config = weights.config();
            files.put("config.json", json(config.toHuggingFace().put("torch_dtype", dtype(weights))));
            try (Gguf file = Gguf.open(gguf)) {
                files.put(
                        "generation_config.json", json(generation(config, GgufTokenizerFiles.endIds(file.metadata()))));
                GgufTokenizerFiles.of(file.metadata(), config.contextLength())
                        .forEach((name, node) -> files.put(name, json(node)));
            }
        }
        files.put("model.safetensors", target -> writeWeights(gguf, target));
        return files;
    }

    private static void writeWeights(Path gguf, OutputStream target) throws IOException {
        try (WeightSource weights = ModelFiles.open(gguf)) {
            SafetensorsWriter writer = new SafetensorsWriter(Map.of("format", "pt"));
            weights.names().forEach(name -> writer.rows(name, stored(weights, name), weights));
            writer.write(Channels.newChannel(target));
        }
    }

    /** The type in which a tensor is written. */
    static TensorType stored(WeightSource weights, String name) {
        TensorType type = weights.info(name).type();
        return DTYPES.containsKey(type) ? type : TensorType.F32;
    }

    private static String dtype(WeightSource weights) {
        boolean quantized = weights.names().stream()
                .anyMatch(name -> !DTYPES.containsKey(weights.info(name).type()));
        return DTYPES.getOrDefault(quantized ? TensorType.F32 : stored(weights, EMBEDDING), "float32");
    }

    private static ObjectNode generation(LlamaConfig config, Set<Integer> endIds) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        config.bosTokenId().ifPresent(id -> node.put("bos_token_id", id));
        ArrayNode ends = node.putArray("eos_token_id");
        new TreeSet<>(endIds).forEach(ends::add);
        return node;
    }

    private static Content json(JsonNode node) {
        byte[] bytes = JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsBytes(node);
        return target -> target.write(bytes);
    }
}
