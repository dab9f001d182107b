package dev.paddock.llama.quantization.posttraining;

import dev.paddock.llama.adapter.Projection.Group;
import dev.paddock.llama.config.LlamaConfig;
import dev.paddock.llama.export.GgufFile;
import dev.paddock.llama.torch.TensorScope;
import dev.paddock.llama.weights.GgufFileWriter;
import dev.paddock.llama.weights.TensorInfo;
import dev.paddock.llama.weights.TensorType;
import dev.paddock.llama.weights.WeightSource;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A model's matrices as a method's codes. Embedding and output matrix are no product of a block and take eight bits by rounding;
 * norms stay fp32.
 */
public final class QuantizedModel {
    private final WeightSource source;
    private final Map<String, CodedMatrix> codes = new LinkedHashMap<>();
    private final Map<String, float[]> vectors = new LinkedHashMap<>();

    private QuantizedModel(WeightSource source) {
        this.source = source;
    }

    /**
     * Quantizes block after block.
     *
     * @param source stays open until the result is written
     * @param sequences of one length; may be empty where the method needs no inputs
     * @param atWork called before each block
     * @throws IllegalArgumentException where rows cannot be filled with blocks of 32, or the method needs inputs and has none
     */
    public static QuantizedModel of(WeightSource source, BlockMethod method, List<int[]> sequences, Runnable atWork) {
        QuantizedModel model = new QuantizedModel(source);
        int layers = source.config().layers();
        if (!method.needsInputs()) {
            for (int layer = 0; layer < layers; layer++) {
                atWork.run();
                BlockWeights block = new BlockWeights(source, layer);
                method.quantize(block, Map.of());
                model.take(block);
            }
            return model;
        }
        if (sequences.isEmpty()) {
            throw new IllegalArgumentException("the method looks at inputs and there are no rows");
        }
        try (CalibrationPass pass = new CalibrationPass(source, sequences)) {
            for (int layer = 0; layer < layers; layer++) {
                atWork.run();
                model.calibrated(method, pass, layer);
            }
        }
        return model;
    }

    private void calibrated(BlockMethod method, CalibrationPass pass, int layer) {
        BlockWeights block = new BlockWeights(source, layer);
        try (TensorScope scope = TensorScope.open()) {
            Map<Group, InputStatistics> inputs = pass.observe(block, scope);
            if (!method.followsQuantized()) {
                pass.advance(block);
            }
            method.quantize(block, inputs);
        }
        if (method.followsQuantized()) {
            pass.advance(block);
        }
        take(block);
    }

    private void take(BlockWeights block) {
        codes.putAll(block.codes());
        vectors.putAll(block.vectors());
    }

    /**
     * Writes a GGUF file.
     *
     * @param like the model's files, whose tokenizer and chat template it has
     */
    public void write(Path like, Path file) {
        LlamaConfig config = source.config();
        TensorType type = codes.values().iterator().next().grid().container();
        GgufFileWriter writer = new GgufFileWriter(GgufFile.metadata(like, config, type), config.headSize());
        GgufFile.addDivisors(writer, config);
        for (String name : source.names()) {
            add(writer, name);
        }
        writer.write(file);
    }

    private void add(GgufFileWriter writer, String name) {
        TensorInfo info = source.info(name);
        CodedMatrix coded = codes.get(name);
        float[] vector = vectors.get(name);
        if (coded != null) {
            TensorInfo stored = new TensorInfo(coded.grid().container(), info.shape());
            writer.tensor(name, stored, (first, count) -> coded.blocks((int) first, (int) count));
        } else if (vector != null) {
            writer.vector(name, vector);
        } else if (info.shape().size() < 2) {
            writer.rows(name, TensorType.F32, source);
        } else {
            writer.rows(name, TensorType.Q8_0, source);
        }
    }
}
