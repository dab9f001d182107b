package dev.paddock.llama.training;

import ai.djl.ndarray.NDArray;
import dev.paddock.llama.torch.ScalarType;
import dev.paddock.llama.torch.TensorScope;
import dev.paddock.llama.torch.Tensors;
import dev.paddock.llama.training.WeightSlot.Part;
import dev.paddock.llama.weights.WeightSource;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/** Reads a model's weights in pieces of 16 MB. */
final class BaseWeights {
    private static final int CHUNK_BYTES = 1 << 24;

    private BaseWeights() {}

    /** Reads the parts of a slot into a tensor of its shape and any floating type. */
    static void read(WeightSource source, WeightSlot slot, NDArray into) {
        int width = Math.max(1, slot.columns());
        int most = Math.max(1, CHUNK_BYTES / Float.BYTES / width);
        int largest =
                Math.min(most, slot.parts().stream().mapToInt(Part::rows).max().orElse(0));
        ByteBuffer chunk =
                ByteBuffer.allocateDirect(largest * width * Float.BYTES).order(ByteOrder.nativeOrder());
        int row = 0;
        for (Part part : slot.parts()) {
            check(source, part, slot);
            for (int first = 0; first < part.rows(); first += most) {
                int rows = Math.min(most, part.rows() - first);
                copy(source, part, first, rows, slot, into, row + first, chunk);
            }
            row += part.rows();
        }
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
