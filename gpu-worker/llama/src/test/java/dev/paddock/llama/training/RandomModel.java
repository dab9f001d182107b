package dev.paddock.llama.training;

import ai.djl.ndarray.NDArray;
import dev.paddock.llama.config.LlamaConfig;
import dev.paddock.llama.config.RopeScaling;
import dev.paddock.llama.torch.ScalarType;
import dev.paddock.llama.torch.TensorScope;
import dev.paddock.llama.torch.Tensors;
import dev.paddock.llama.weights.TensorInfo;
import dev.paddock.llama.weights.TensorType;
import dev.paddock.llama.weights.WeightSource;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;

/** A model of random weights in memory. */
final class RandomModel implements WeightSource {
    private final LlamaConfig config;
    private final Map<String, float[]> tensors = new LinkedHashMap<>();
    private final Map<String, List<Long>> shapes = new LinkedHashMap<>();

    RandomModel(LlamaConfig config, long seed) {
        this.config = config;
        Random random = new Random(seed);
        for (WeightSlot slot : WeightSlot.of(config)) {
            for (WeightSlot.Part part : slot.parts()) {
                add(part, slot, random);
            }
        }
    }

    private void add(WeightSlot.Part part, WeightSlot slot, Random random) {
        float[] values = new float[part.rows() * Math.max(1, slot.columns())];
        for (int i = 0; i < values.length; i++) {
            double scale = part.name().contains("embed") ? 0.5 : 0.3;
            values[i] = (float)
                    (part.name().contains("norm") ? 1 + 0.2 * random.nextGaussian() : scale * random.nextGaussian());
        }
        tensors.putIfAbsent(part.name(), values);
        shapes.put(
                part.name(),
                slot.isVector() ? List.of((long) part.rows()) : List.of((long) part.rows(), (long) slot.columns()));
    }

    /** The tensors of a model in the kernels' order, in fp32. */
    static List<NDArray> tensors(TensorScope scope, WeightSource source) {
        FrozenWeights weights = new ResidentWeights(
                scope, source, ScalarType.FLOAT32, slot -> !slot.parts().isEmpty());
        NDArray none = Tensors.zeros(scope, ScalarType.FLOAT32, 0);
        return WeightSlot.of(source.config()).stream()
                .map(slot -> slot.parts().isEmpty() ? none : weights.tensor(slot))
                .toList();
    }

    /** Two blocks, four query heads on two key heads of size 6, width 20, vocabulary 50. */
    static LlamaConfig config(boolean tied, boolean biases) {
        return new LlamaConfig(
                50,
                20,
                36,
                2,
                4,
                2,
                6,
                1e-5,
                10_000,
                new RopeScaling.None(),
                2048,
                tied,
                biases,
                biases,
                OptionalInt.empty(),
                List.of());
    }

    @Override
    public LlamaConfig config() {
        return config;
    }

    @Override
    public Set<String> names() {
        return tensors.keySet();
    }

    @Override
    public TensorInfo info(String name) {
        return new TensorInfo(TensorType.F32, java.util.Objects.requireNonNull(shapes.get(name)));
    }

    @Override
    public void readRows(String name, long firstRow, long rows, FloatBuffer destination) {
        int columns = (int) info(name).columns();
        destination.put(tensors.get(name), (int) firstRow * columns, (int) rows * columns);
    }

    @Override
    public ByteBuffer raw(String name) {
        throw new UnsupportedOperationException(name);
    }

    @Override
    public void close() {}
}
