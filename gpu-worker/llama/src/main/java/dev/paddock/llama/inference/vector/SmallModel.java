package dev.paddock.llama.inference.vector;

import dev.paddock.llama.adapter.Projection;
import dev.paddock.llama.config.LlamaConfig;
import dev.paddock.llama.weights.TensorInfo;
import dev.paddock.llama.weights.TensorType;
import dev.paddock.llama.weights.WeightSource;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** One layer of zeros in the kinds of numbers of another model, so small that even an interpreter is soon through it. */
record SmallModel(LlamaConfig config, Map<String, TensorInfo> tensors) implements WeightSource {
    /** Columns of whole blocks. */
    private static final int WIDTH = 64;

    private static final int CONTEXT = 128;

    static SmallModel like(WeightSource whole) {
        LlamaConfig config = config(whole.config());
        Map<String, TensorInfo> tensors = new LinkedHashMap<>();
        matrix(whole, "model.embed_tokens.weight", WIDTH, WIDTH, tensors);
        matrix(whole, "lm_head.weight", WIDTH, WIDTH, tensors);
        vector("model.norm.weight", WIDTH, tensors);
        vector("model.layers.0.input_layernorm.weight", WIDTH, tensors);
        vector("model.layers.0.post_attention_layernorm.weight", WIDTH, tensors);
        for (Projection projection : Projection.values()) {
            String path = projection.path(0);
            matrix(whole, path + ".weight", projection.outputs(config), projection.inputs(config), tensors);
            if (projection.hasBias(config)) {
                vector(path + ".bias", projection.outputs(config), tensors);
            }
        }
        return new SmallModel(config, tensors);
    }

    private static LlamaConfig config(LlamaConfig whole) {
        int keyValueHeads = whole.headSize() % WIDTH == 0 ? 1 : WIDTH / Integer.lowestOneBit(whole.headSize());
        return new LlamaConfig(
                WIDTH,
                WIDTH,
                WIDTH,
                1,
                keyValueHeads * (whole.heads() / whole.keyValueHeads()),
                keyValueHeads,
                whole.headSize(),
                whole.normEpsilon(),
                whole.ropeBase(),
                whole.ropeScaling(),
                CONTEXT,
                whole.tiedEmbeddings(),
                whole.attentionBias(),
                whole.mlpBias(),
                whole.bosTokenId(),
                whole.eosTokenIds());
    }

    private static void matrix(
            WeightSource whole, String name, int rows, int columns, Map<String, TensorInfo> tensors) {
        if (whole.names().contains(name)) {
            tensors.put(name, new TensorInfo(whole.info(name).type(), List.of((long) rows, (long) columns)));
        }
    }

    private static void vector(String name, int size, Map<String, TensorInfo> tensors) {
        tensors.put(name, new TensorInfo(TensorType.F32, List.of((long) size)));
    }

    @Override
    public Set<String> names() {
        return tensors.keySet();
    }

    @Override
    public TensorInfo info(String name) {
        TensorInfo info = tensors.get(name);
        if (info == null) {
            throw new IllegalArgumentException("the small model has no tensor " + name);
        }
        return info;
    }

    @Override
    public void readRows(String name, long firstRow, long rows, FloatBuffer destination) {
        destination.put(new float[Math.toIntExact(rows * info(name).columns())]);
    }

    @Override
    public ByteBuffer raw(String name) {
        return ByteBuffer.allocate(Math.toIntExact(info(name).bytes())).order(ByteOrder.LITTLE_ENDIAN);
    }

    @Override
    public void close() {}
}
