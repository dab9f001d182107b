package dev.paddock.llama.quantization;

import dev.paddock.llama.adapter.Projection;
import dev.paddock.llama.config.LlamaConfig;
import dev.paddock.llama.export.ModelFolder;
import dev.paddock.llama.weights.NormalFloat;
import dev.paddock.llama.weights.SafetensorsWriter;
import dev.paddock.llama.weights.TensorType;
import dev.paddock.llama.weights.WeightSource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A model as the Hugging Face folder that transformers saves with bitsandbytes ({@code load_in_4bit}, {@code nf4}, double
 * quantization): the projections of the blocks in NF4, everything else in the numbers that the model has.
 */
public final class Nf4Folder {
    private static final Map<TensorType, String> DTYPES =
            Map.of(TensorType.F32, "float32", TensorType.F16, "float16", TensorType.BF16, "bfloat16");
    private static final String EMBEDDING = "model.embed_tokens.weight";
    private static final String STATE = ".quant_state.bitsandbytes__nf4";

    private final WeightSource source;
    private final SafetensorsWriter writer = new SafetensorsWriter(Map.of("format", "pt"));

    private Nf4Folder(WeightSource source) {
        this.source = source;
    }

    /**
     * Writes configuration and tokenizer, then {@code model.safetensors}. One matrix is in memory at a time: each is quantized twice,
     * since a file begins with the largest scales of all of them.
     *
     * @param source stays open until all is written
     * @param like the model's files, whose tokenizer and chat template the folder has
     * @param folder exists
     * @param atWork called before each matrix
     * @throws IllegalArgumentException for a matrix with a number that is not finite
     */
    public static void write(WeightSource source, Path like, Path folder, Runnable atWork) throws IOException {
        ObjectNode configuration = ModelFolder.configuration(like);
        describe(configuration, source);
        Files.write(
                folder.resolve("config.json"),
                JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsBytes(configuration));
        ModelFolder.complete(like, folder);
        Nf4Folder written = new Nf4Folder(source);
        Set<String> matrices = matrices(source.config());
        try (Nf4Matrices quantized = new Nf4Matrices(source, atWork)) {
            for (String name : source.names()) {
                if (matrices.contains(name)) {
                    written.addMatrix(name, quantized);
                } else {
                    written.writer.rows(name, dense(source, name), source);
                }
            }
            written.writer.write(folder.resolve("model.safetensors"));
        }
    }

    private static Set<String> matrices(LlamaConfig config) {
        Set<String> names = new HashSet<>();
        IntStream.range(0, config.layers()).forEach(layer -> {
            for (Projection projection : Projection.values()) {
                names.add(projection.path(layer) + ".weight");
            }
        });
        return names;
    }

    /** Numbers in blocks become bfloat16. */
    private static TensorType dense(WeightSource source, String name) {
        TensorType type = source.info(name).type();
        return DTYPES.containsKey(type) ? type : TensorType.BF16;
    }

    private static String dtype(WeightSource source, String name) {
        return DTYPES.getOrDefault(dense(source, name), "bfloat16");
    }

    /** As transformers' {@code BitsAndBytesConfig} writes itself. */
    private static void describe(ObjectNode configuration, WeightSource source) {
        String dtype = dtype(source, EMBEDDING);
        configuration.put(configuration.has("dtype") ? "dtype" : "torch_dtype", dtype);
        configuration.put("tie_word_embeddings", source.config().tiedEmbeddings());
        configuration
                .putObject("quantization_config")
                .put("_load_in_4bit", true)
                .put("_load_in_8bit", false)
                .put("bnb_4bit_compute_dtype", dtype)
                .put("bnb_4bit_quant_storage", "uint8")
                .put("bnb_4bit_quant_type", "nf4")
                .put("bnb_4bit_use_double_quant", true)
                .put("llm_int8_enable_fp32_cpu_offload", false)
                .put("llm_int8_has_fp16_weight", false)
                .putNull("llm_int8_skip_modules")
                .put("llm_int8_threshold", 6.0)
                .put("load_in_4bit", true)
                .put("load_in_8bit", false)
                .put("quant_method", "bitsandbytes");
    }

    /** What is known before the file is written: the largest scales and their mean; the rest is made again. */
    private void addMatrix(String name, Nf4Matrices quantized) {
        Nf4Matrix matrix = quantized.of(name);
        float[] nested = matrix.nested();
        long packed = matrix.layout().codesAt();
        long blocks = matrix.layout().blocks();
        ByteBuffer state = state(matrix, dtype(source, name));
        writer.bytes(name, TensorType.U8, List.of(packed, 1L), () -> quantized
                .of(name)
                .packed());
        writer.bytes(name + ".absmax", TensorType.U8, List.of(blocks), () -> quantized
                .of(name)
                .codes());
        floats(name + ".quant_map", NormalFloat.code());
        floats(name + ".nested_absmax", nested);
        floats(name + ".nested_quant_map", DynamicMap.SIGNED.numbers());
        writer.bytes(name + STATE, TensorType.U8, List.of((long) state.remaining()), () -> state);
    }

    private void floats(String name, float... values) {
        writer.floats(name, TensorType.F32, List.of((long) values.length), into -> into.put(values));
    }

    /** JSON, laid out as Python lays it out. */
    private static ByteBuffer state(Nf4Matrix matrix, String dtype) {
        String state = ("{\"quant_type\": \"nf4\", \"blocksize\": 64, \"dtype\": \"%s\", \"shape\": [%d, %d],"
                        + " \"nested_blocksize\": 256, \"nested_dtype\": \"float32\", \"nested_offset\": %s}")
                .formatted(dtype, matrix.rows(), matrix.columns(), Double.toString(matrix.offset()));
        return ByteBuffer.wrap(state.getBytes(StandardCharsets.UTF_8));
    }
}
