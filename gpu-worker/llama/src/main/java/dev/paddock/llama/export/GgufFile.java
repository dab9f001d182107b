package dev.paddock.llama.export;

import dev.paddock.llama.adapter.MergedWeights;
import dev.paddock.llama.config.LlamaConfig;
import dev.paddock.llama.export.HuggingFaceFolder.Content;
import dev.paddock.llama.tokenizer.GgufTokenizerMetadata;
import dev.paddock.llama.weights.GgufFileWriter;
import dev.paddock.llama.weights.TensorType;
import dev.paddock.llama.weights.WeightSource;
import java.nio.channels.Channels;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A model as one GGUF file with its tokenizer and chat template, as llama.cpp reads it. The same model gives the same bytes.
 */
public final class GgufFile {
    private static final String EMBEDDING = "model.embed_tokens.weight";
    private static final String OUTPUT = "lm_head.weight";
    private static final String QUERIES = "model.layers.0.self_attn.q_proj.weight";
    /** llama.cpp's numbers of files by the type of most matrices. */
    private static final Map<TensorType, Long> FILE_TYPES = Map.of(
            TensorType.F32, 0L,
            TensorType.F16, 1L,
            TensorType.Q4_0, 2L,
            TensorType.Q4_1, 3L,
            TensorType.Q8_0, 7L,
            TensorType.Q5_0, 8L,
            TensorType.Q5_1, 9L,
            TensorType.BF16, 32L);

    private GgufFile() {}

    /**
     * The file's content, made while it is written. What can be refused is refused here; the model's files must stay where they
     * are until it is written.
     *
     * @param model a Hugging Face folder, a {@code .gguf} file, or a folder that holds one
     * @param adapter a folder in PEFT's layout that is merged into the matrices; null for the model as it is
     * @throws dev.paddock.llama.config.UnsupportedModelException for a model, tokenizer or adapter that GGUF has no form for
     */
    public static Content of(Path model, @Nullable Path adapter, GgufType type) {
        Map<String, Object> metadata;
        try (WeightSource weights = MergedWeights.open(model, adapter)) {
            metadata = metadata(model, weights.config(), type.of(weights.info(QUERIES), false));
        }
        return target -> {
            try (WeightSource weights = MergedWeights.open(model, adapter)) {
                writer(weights, metadata, type).write(Channels.newChannel(target));
            }
        };
    }

    /**
     * What stands at the head of a model's file.
     *
     * @param model the files whose tokenizer and chat template it has
     * @param most the type of most matrices
     */
    public static Map<String, Object> metadata(Path model, LlamaConfig config, TensorType most) {
        Map<String, Object> metadata = new LinkedHashMap<>(config.toGguf());
        metadata.put("general.type", "model");
        Long number = FILE_TYPES.get(most);
        if (number != null) {
            metadata.put("general.file_type", number);
        }
        if (most.quantized()) {
            metadata.put("general.quantization_version", 2L);
        }
        metadata.putAll(GgufTokenizerMetadata.of(model, config.vocabularySize()));
        return metadata;
    }

    private static GgufFileWriter writer(WeightSource weights, Map<String, Object> metadata, GgufType type) {
        LlamaConfig config = weights.config();
        GgufFileWriter writer = new GgufFileWriter(metadata, config.headSize());
        addDivisors(writer, config);
        String output = config.tiedEmbeddings() ? EMBEDDING : OUTPUT;
        for (String name : weights.names()) {
            writer.rows(name, type.of(weights.info(name), name.equals(output)), weights);
        }
        return writer;
    }

    /** Adds the divisors of the rotary frequencies where the model has them. */
    public static void addDivisors(GgufFileWriter writer, LlamaConfig config) {
        float[] divisors = config.frequencyDivisors();
        if (divisors.length > 0) {
            writer.floats("rope_freqs.weight", List.of((long) divisors.length), divisors);
        }
    }
}
