package dev.paddock.llama.inference;

import dev.paddock.llama.config.LlamaConfig;
import dev.paddock.llama.config.RopeScaling;
import dev.paddock.llama.weights.TensorInfo;
import dev.paddock.llama.weights.TensorType;
import dev.paddock.llama.weights.WeightSource;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;

/** Weights of a small model drawn from a seed, held in memory. */
public final class RandomWeights implements WeightSource {
    private final LlamaConfig config;
    private final Map<String, float[]> values = new HashMap<>();
    private final Map<String, TensorInfo> infos = new HashMap<>();

    /** The same for the same seed. */
    public RandomWeights(long seed) {
        config = new LlamaConfig(
                101,
                24,
                40,
                3,
                6,
                2,
                4,
                1e-5,
                10_000,
                new RopeScaling.None(),
                64,
                false,
                true,
                true,
                OptionalInt.empty(),
                List.of());
        Random random = new Random(seed);
        add(random, "model.embed_tokens.weight", 101, 24);
        add(random, "lm_head.weight", 101, 24);
        add(random, "model.norm.weight", 24);
        for (int layer = 0; layer < 3; layer++) {
            String prefix = "model.layers.%d.".formatted(layer);
            add(random, prefix + "input_layernorm.weight", 24);
            add(random, prefix + "post_attention_layernorm.weight", 24);
            projection(random, prefix + "self_attn.q_proj", 24, 24);
            projection(random, prefix + "self_attn.k_proj", 8, 24);
            projection(random, prefix + "self_attn.v_proj", 8, 24);
            projection(random, prefix + "self_attn.o_proj", 24, 24);
            projection(random, prefix + "mlp.gate_proj", 40, 24);
            projection(random, prefix + "mlp.up_proj", 40, 24);
            projection(random, prefix + "mlp.down_proj", 24, 40);
        }
    }

    /** A tensor's numbers. */
    public float[] values(String name) {
        float[] found = values.get(name);
        if (found == null) {
            throw new IllegalArgumentException(name);
        }
        return found;
    }

    private void projection(Random random, String name, long rows, long columns) {
        add(random, name + ".weight", rows, columns);
        add(random, name + ".bias", rows);
    }

    private void add(Random random, String name, long... shape) {
        TensorInfo info =
                new TensorInfo(TensorType.F32, LongStream.of(shape).boxed().toList());
        float[] drawn = new float[(int) info.elements()];
        for (int i = 0; i < drawn.length; i++) {
            drawn[i] = (float) (random.nextGaussian() * 0.4);
        }
        values.put(name, drawn);
        infos.put(name, info);
    }

    @Override
    public LlamaConfig config() {
        return config;
    }

    @Override
    public Set<String> names() {
        return values.keySet();
    }

    @Override
    public TensorInfo info(String name) {
        values(name);
        return java.util.Objects.requireNonNull(infos.get(name));
    }

    @Override
    public void readRows(String name, long firstRow, long rows, FloatBuffer destination) {
        int columns = (int) info(name).columns();
        destination.put(values(name), (int) firstRow * columns, (int) rows * columns);
    }

    @Override
    public ByteBuffer raw(String name) {
        throw new UnsupportedOperationException(name);
    }

    @Override
    public void close() {}
}
