package dev.paddock.llama.inference.libtorch;

import ai.djl.ndarray.NDArray;
import dev.paddock.llama.adapter.BaseRows;
import dev.paddock.llama.adapter.Projection;
import dev.paddock.llama.adapter.Projection.Group;
import dev.paddock.llama.config.LlamaConfig;
import dev.paddock.llama.torch.TensorMemory;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One product's matrix and bias among the model's tensors, copied to fp32 when they are first asked for; on any thread. */
final class ProductWeights implements BaseRows {
    private static final int OUTER = 3;
    private static final int EACH_LAYER = 10;

    private final TensorMemory matrix;
    private final NDArray biases;
    private final LlamaConfig config;
    private float @Nullable [] values;

    ProductWeights(List<NDArray> weights, int layer, Group product, LlamaConfig config) {
        int at = OUTER + layer * EACH_LAYER + place(product);
        matrix = TensorMemory.of(weights.get(at));
        biases = weights.get(at + 1);
        this.config = config;
    }

    /** Where a product's matrix stands among the ten tensors of a layer; its bias follows. */
    private static int place(Group product) {
        return switch (product) {
            case QKV -> 1;
            case O -> 3;
            case GATE_UP -> 6;
            case DOWN -> 8;
        };
    }

    @Override
    public void read(int layer, Projection projection, int row, float[] into) {
        float[] read = values;
        if (read == null) {
            read = matrix.floats();
            values = read;
        }
        System.arraycopy(read, (projection.firstOutput(config) + row) * into.length, into, 0, into.length);
    }

    /** The bias, or nothing. */
    float[] bias() {
        return biases.size() == 0 ? new float[0] : TensorMemory.of(biases).floats();
    }
}
