package dev.paddock.llama.quantization.posttraining;

import ai.djl.ndarray.NDArray;
import dev.paddock.llama.adapter.Projection;
import dev.paddock.llama.adapter.Projection.Group;
import dev.paddock.llama.config.LlamaConfig;
import dev.paddock.llama.inference.Rotary;
import dev.paddock.llama.torch.ScriptModule;
import dev.paddock.llama.torch.ScriptValue;
import dev.paddock.llama.torch.TensorScope;
import dev.paddock.llama.torch.Tensors;
import dev.paddock.llama.weights.WeightSource;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Sequences of T tokens on their way through a model in fp32, one block after the other: block by block only one block's weights
 * are in memory, and all sequences' hidden states {@code [1, T, D]}.
 */
final class CalibrationPass implements AutoCloseable {
    private static final String EMBEDDING = "model.embed_tokens.weight";

    private final TensorScope scope = TensorScope.open();
    private final ScriptModule script = ScriptModule.load(text());
    private final LlamaConfig config;
    private final List<int[]> sequences;
    private final NDArray cosines;
    private final NDArray sines;
    private TensorScope states = TensorScope.open();
    private List<NDArray> hidden = new ArrayList<>();

    /** @param sequences of one length each */
    CalibrationPass(WeightSource source, List<int[]> sequences) {
        config = source.config();
        this.sequences = List.copyOf(sequences);
        int length = sequences.get(0).length;
        Rotary rotary = new Rotary(config, length);
        float[] cos = new float[length * config.headSize()];
        float[] sin = new float[length * config.headSize()];
        for (int position = 0; position < length; position++) {
            rotary.write(position, cos, sin, position);
        }
        cosines = Tensors.floats(scope, cos, length, config.headSize());
        sines = Tensors.floats(scope, sin, length, config.headSize());
        for (int[] sequence : sequences) {
            float[] rows = new float[length * config.hiddenSize()];
            FloatBuffer into = FloatBuffer.wrap(rows);
            for (int id : sequence) {
                source.readRows(EMBEDDING, id, 1, into);
            }
            hidden.add(Tensors.floats(states, rows, 1, length, config.hiddenSize()));
        }
    }

    /** The script of {@code block.torchscript}. */
    static String text() {
        try (InputStream in = CalibrationPass.class.getResourceAsStream("block.torchscript")) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What a block's products would be given now; lives in {@code owner}. */
    Map<Group, InputStatistics> observe(BlockWeights block, TensorScope owner) {
        Map<Group, InputStatistics> inputs = new EnumMap<>(Group.class);
        for (Group group : Group.values()) {
            int columns = group.projections().get(0).inputs(config);
            inputs.put(group, new InputStatistics(owner, script, columns));
        }
        each(block, outputs -> {
            int at = 1;
            for (InputStatistics seen : inputs.values()) {
                seen.add(outputs.get(at++));
            }
        });
        return inputs;
    }

    /** Takes every sequence through a block. */
    void advance(BlockWeights block) {
        TensorScope next = TensorScope.open();
        List<NDArray> after = new ArrayList<>();
        each(block, outputs -> after.add(next.keep(outputs.get(0))));
        states.close();
        states = next;
        hidden = after;
    }

    /** Hears of the tensors that the script's {@code block} gives for one sequence. */
    private interface Outputs {
        void of(List<NDArray> outputs);
    }

    private void each(BlockWeights block, Outputs told) {
        try (TensorScope own = TensorScope.open();
                ScriptValue weights = ScriptValue.list(weights(own, block));
                ScriptValue biases = ScriptValue.list(biases(own, block))) {
            long groups = config.heads() / config.keyValueHeads();
            for (NDArray x : hidden) {
                try (TensorScope step = TensorScope.open()) {
                    told.of(script.tensors(
                            step, "block", x, weights, biases, cosines, sines, groups, config.normEpsilon()));
                }
            }
        }
    }

    private List<NDArray> weights(TensorScope own, BlockWeights block) {
        List<NDArray> weights = new ArrayList<>();
        weights.add(Tensors.floats(own, block.attentionNorm(), config.hiddenSize()));
        for (Projection projection : Projection.values()) {
            if (projection == Projection.GATE_PROJ) {
                weights.add(Tensors.floats(own, block.feedForwardNorm(), config.hiddenSize()));
            }
            weights.add(Tensors.floats(
                    own, block.matrix(projection), projection.outputs(config), projection.inputs(config)));
        }
        return weights;
    }

    private static List<NDArray> biases(TensorScope own, BlockWeights block) {
        List<NDArray> biases = new ArrayList<>();
        for (Projection projection : Projection.values()) {
            float[] bias = block.bias(projection);
            biases.add(Tensors.floats(own, bias, bias.length));
        }
        return biases;
    }

    /** Mean negative log-likelihood of every token but each sequence's first, in nats; after the last block. */
    double loss(WeightSource source) {
        String output = config.tiedEmbeddings() ? EMBEDDING : "lm_head.weight";
        int length = sequences.get(0).length;
        double sum = 0;
        try (TensorScope own = TensorScope.open()) {
            NDArray norm = Tensors.floats(own, read(source, "model.norm.weight"), config.hiddenSize());
            NDArray matrix = Tensors.floats(own, read(source, output), config.vocabularySize(), config.hiddenSize());
            for (int i = 0; i < sequences.size(); i++) {
                try (TensorScope step = TensorScope.open()) {
                    long[] targets = new long[length - 1];
                    for (int j = 1; j < length; j++) {
                        targets[j - 1] = sequences.get(i)[j];
                    }
                    NDArray expected = Tensors.longs(step, targets, length - 1L);
                    NDArray loss =
                            script.tensor(step, "loss", hidden.get(i), norm, matrix, expected, config.normEpsilon());
                    sum += Tensors.toFloats(loss)[0];
                }
            }
        }
        return sum / sequences.size() / (length - 1);
    }

    private static float[] read(WeightSource source, String name) {
        float[] values = new float[Math.toIntExact(source.info(name).elements())];
        source.read(name, FloatBuffer.wrap(values));
        return values;
    }

    @Override
    public void close() {
        states.close();
        script.close();
        scope.close();
    }
}
