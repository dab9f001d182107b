package dev.paddock.llama.training.estimate;

import dev.paddock.llama.config.LlamaConfig;
import dev.paddock.llama.config.RopeScaling;
import dev.paddock.llama.training.TensorShapes;
import dev.paddock.llama.weights.TensorInfo;
import dev.paddock.llama.weights.WeightSource;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/** A small model whose numbers come from nowhere: speed does not depend on them. */
record ProbeModel(LlamaConfig config, Map<String, TensorInfo> tensors) implements WeightSource {
    private static final int HEAD_SIZE = 64;
    private static final int CONTEXT = 4096;
    private static final float SCALE = 0.02f;

    /** Blocks of a width; feed-forward 8/3 of it, a third or fewer of the heads for keys. */
    static ProbeModel of(int layers, int width, int vocabulary) {
        int heads = width / HEAD_SIZE;
        LlamaConfig config = new LlamaConfig(
                vocabulary,
                width,
                width * 8 / 3 / HEAD_SIZE * HEAD_SIZE,
                layers,
                heads,
                heads % 3 == 0 ? heads / 3 : heads / 4,
                HEAD_SIZE,
                1e-5,
                10_000,
                new RopeScaling.None(),
                CONTEXT,
                true,
                false,
                false,
                OptionalInt.empty(),
                List.of());
        return new ProbeModel(config, TensorShapes.of(config));
    }

    @Override
    public Set<String> names() {
        return tensors.keySet();
    }

    @Override
    public TensorInfo info(String name) {
        TensorInfo info = tensors.get(name);
        if (info == null) {
            throw new IllegalArgumentException("the probe has no tensor " + name);
        }
        return info;
    }

    @Override
    public void readRows(String name, long firstRow, long rows, FloatBuffer destination) {
        long numbers = rows * info(name).columns();
        int state = (int) firstRow + 1;
        for (long i = 0; i < numbers; i++) {
            state = state * 1_664_525 + 1_013_904_223;
            destination.put(SCALE * (state / (float) Integer.MAX_VALUE));
        }
    }

    @Override
    public ByteBuffer raw(String name) {
        throw new UnsupportedOperationException("the probe stores no tensor " + name);
    }

    @Override
    public void close() {}
}
