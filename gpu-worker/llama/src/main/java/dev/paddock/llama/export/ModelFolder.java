package dev.paddock.llama.export;

import dev.paddock.llama.weights.ModelFiles;
import dev.paddock.llama.weights.SafetensorsWriter;
import dev.paddock.llama.weights.TensorInfo;
import dev.paddock.llama.weights.WeightSource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A whole model in a Hugging Face folder: weights of its own beside the configuration, tokenizer and chat template of the model
 * that it was made from, so that the folder needs no other.
 */
public final class ModelFolder {
    /** Files that hold the other model's weights or tell of its own making. */
    private static final Pattern LEFT_BEHIND =
            Pattern.compile(".*\\.(safetensors|gguf|bin|pt|pth)(\\.index\\.json)?|(paddock|quantization)\\.json");

    private static final String CONFIGURATION = "config.json";
    private static final String QUANTIZATION = "quantization_config";

    private ModelFolder() {}

    /** Gives tensors their numbers. */
    @FunctionalInterface
    public interface Numbers {
        /**
         * Called once for each tensor, while the folder is written.
         *
         * @param numbers takes all numbers of the tensor, rows first
         */
        void fill(String tensor, FloatBuffer numbers);
    }

    /**
     * Writes the folder. Each tensor has the other model's name, shape and type of numbers (fp32 where that is quantized); one
     * tensor is in memory at a time.
     *
     * @param like a Hugging Face folder, a {@code .gguf} file, or a folder that holds one
     * @param target a folder that exists
     */
    public static void write(Path like, Path target, Numbers numbers) throws IOException {
        complete(like, target);
        try (WeightSource weights = ModelFiles.open(like)) {
            SafetensorsWriter writer = new SafetensorsWriter(Map.of("format", "pt"));
            for (String name : weights.names()) {
                TensorInfo info = weights.info(name);
                writer.floats(
                        name,
                        HuggingFaceFolder.stored(weights, name),
                        info.shape(),
                        buffer -> numbers.fill(name, buffer));
            }
            writer.write(target.resolve("model.safetensors"));
        }
    }

    /**
     * Adds the files that a folder with weights needs to be a model by itself: configuration, tokenizer and chat template of the
     * model that it was made from. Files that are there already stay. The configuration does not tell of few bits.
     *
     * @param like a Hugging Face folder, a {@code .gguf} file, or a folder that holds one
     */
    public static void complete(Path like, Path folder) throws IOException {
        for (Map.Entry<String, HuggingFaceFolder.Content> file :
                HuggingFaceFolder.of(like).entrySet()) {
            Path target = folder.resolve(file.getKey());
            if (LEFT_BEHIND.matcher(file.getKey()).matches() || Files.exists(target)) {
                continue;
            }
            if (file.getKey().equals(CONFIGURATION)) {
                Files.write(target, dense(file.getValue()));
                continue;
            }
            try (OutputStream written = Files.newOutputStream(target)) {
                file.getValue().writeTo(written);
            }
        }
    }

    /** Byte by byte the other model's, where that is dense itself. */
    private static byte[] dense(HuggingFaceFolder.Content content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        content.writeTo(bytes);
        ObjectNode configuration = (ObjectNode) JsonMapper.shared().readTree(bytes.toByteArray());
        return configuration.remove(QUANTIZATION) == null
                ? bytes.toByteArray()
                : JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsBytes(configuration);
    }

    /** The configuration that {@link #complete} would give, to be changed. */
    public static ObjectNode configuration(Path like) throws IOException {
        HuggingFaceFolder.Content content = HuggingFaceFolder.of(like).get(CONFIGURATION);
        if (content == null) {
            throw new IllegalArgumentException(like + " has no " + CONFIGURATION);
        }
        return (ObjectNode) JsonMapper.shared().readTree(dense(content));
    }
}
