package dev.paddock.llama.training;

import dev.paddock.llama.config.LlamaConfig;
import dev.paddock.llama.weights.TensorInfo;
import dev.paddock.llama.weights.TensorType;
import dev.paddock.llama.weights.WeightSource;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * Weights of a model that has learnt nothing: matrices normal with deviation 0.02, those that add to the residual stream
 * divided by {@code sqrt(2 * layers)} (Radford et al. 2019), norms 1, biases 0. Each tensor depends on the seed and its name only.
 */
public final class InitialWeights implements WeightSource {
    private static final double DEVIATION = 0.02;

    private final LlamaConfig config;
    private final long seed;
    private final Map<String, TensorInfo> tensors = new LinkedHashMap<>();

    /** Weights of the given shape. */
    public InitialWeights(LlamaConfig config, long seed) {
        this.config = config;
        this.seed = seed;
        for (WeightSlot slot : WeightSlot.of(config)) {
            for (WeightSlot.Part part : slot.parts()) {
                List<Long> shape = slot.isVector()
                        ? List.of((long) part.rows())
                        : List.of((long) part.rows(), (long) slot.columns());
                tensors.put(part.name(), new TensorInfo(TensorType.F32, shape));
            }
        }
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
        TensorInfo info = tensors.get(name);
        if (info == null) {
            throw new IllegalArgumentException("no tensor has the name " + name);
        }
        return info;
    }

    @Override
    public void readRows(String name, long firstRow, long rows, FloatBuffer destination) {
        long columns = info(name).columns();
        for (long row = firstRow; row < firstRow + rows; row++) {
            Random random = new Random(Seeds.mix(Seeds.mix(seed, name.hashCode()), row));
            for (long column = 0; column < columns; column++) {
                destination.put(value(name, random));
            }
        }
    }

    private float value(String name, Random random) {
        if (name.endsWith("norm.weight")) {
            return 1;
        } else if (name.endsWith(".bias")) {
            return 0;
        }
        boolean residual = name.contains("o_proj") || name.contains("down_proj");
        return (float) (random.nextGaussian() * DEVIATION / (residual ? Math.sqrt(2.0 * config.layers()) : 1));
    }

    @Override
    public ByteBuffer raw(String name) {
        throw new UnsupportedOperationException("initial weights lie in no file");
    }

    @Override
    public void close() {}
}
