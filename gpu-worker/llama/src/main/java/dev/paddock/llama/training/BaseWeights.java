package dev.paddock.llama.training;

import ai.djl.ndarray.NDArray;
import dev.paddock.llama.config.LlamaConfig;
import dev.paddock.llama.torch.ScalarType;
import dev.paddock.llama.torch.TensorScope;
import dev.paddock.llama.torch.Tensors;
import dev.paddock.llama.training.WeightSlot.Part;
import dev.paddock.llama.weights.WeightSource;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A model's weights as the kernels hold them, in the type in which products are computed. */
final class BaseWeights {
    private static final int CHUNK_BYTES = 1 << 24;

    private BaseWeights() {}

    /** Reads a model in pieces of 16 MB, so that no matrix is held twice. The tensors are in the order of the slots. */
    static List<NDArray> load(TensorScope scope, WeightSource source, ScalarType type) {
        ByteBuffer chunk =
                ByteBuffer.allocateDirect(chunkBytes(source.config())).order(ByteOrder.nativeOrder());
        Map<List<Part>, NDArray> loaded = new HashMap<>();
        List<NDArray> tensors = new ArrayList<>();
        for (WeightSlot slot : WeightSlot.of(source.config())) {
            NDArray known = loaded.get(slot.parts());
            NDArray tensor = known != null && !slot.parts().isEmpty() ? known : read(scope, source, slot, type, chunk);
            loaded.put(slot.parts(), tensor);
            tensors.add(tensor);
        }
        return tensors;
    }

    private static int chunkBytes(LlamaConfig config) {
        int widest = Math.max(config.intermediateSize(), Math.max(config.hiddenSize(), config.querySize()));
        return Math.max(CHUNK_BYTES, widest * Float.BYTES);
    }

    private static NDArray read(
            TensorScope scope, WeightSource source, WeightSlot slot, ScalarType type, ByteBuffer chunk) {
        NDArray tensor = slot.isVector()
                ? Tensors.zeros(scope, type, slot.rows())
                : Tensors.zeros(scope, type, slot.rows(), slot.columns());
        int row = 0;
        for (Part part : slot.parts()) {
            check(source, part, slot);
            int most = Math.max(1, chunk.capacity() / Float.BYTES / Math.max(1, slot.columns()));
            for (int first = 0; first < part.rows(); first += most) {
                int rows = Math.min(most, part.rows() - first);
                copy(source, part, first, rows, slot, tensor, row + first, chunk);
            }
            row += part.rows();
        }
        return tensor;
    }

    private static void copy(
            WeightSource source,
            Part part,
            int first,
            int rows,
            WeightSlot slot,
            NDArray into,
            int row,
            ByteBuffer chunk) {
        chunk.clear().limit(rows * Math.max(1, slot.columns()) * Float.BYTES);
        source.readRows(part.name(), first, rows, chunk.asFloatBuffer());
        try (TensorScope step = TensorScope.open()) {
            NDArray piece = slot.isVector()
                    ? Tensors.fromBytes(step, chunk, ScalarType.FLOAT32, rows)
                    : Tensors.fromBytes(step, chunk, ScalarType.FLOAT32, rows, slot.columns());
            Tensors.copyRows(into, row, piece);
        }
    }

    private static void check(WeightSource source, Part part, WeightSlot slot) {
        List<Long> expected =
                slot.isVector() ? List.of((long) part.rows()) : List.of((long) part.rows(), (long) slot.columns());
        List<Long> actual = source.info(part.name()).shape();
        if (!actual.equals(expected)) {
            throw new IllegalArgumentException(
                    part.name() + " has shape " + actual + ", the configuration says " + expected);
        }
    }
}
