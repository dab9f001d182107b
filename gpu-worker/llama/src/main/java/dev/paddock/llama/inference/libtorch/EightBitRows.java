package dev.paddock.llama.inference.libtorch;

import ai.djl.ndarray.NDArray;
import dev.paddock.kernels.Rows;
import dev.paddock.kernels.SplitRow;
import dev.paddock.llama.torch.TensorMemory;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;

/** Each row as two of 8-bit integers ({@link SplitRow}), whose results the product puts together. */
final class EightBitRows implements ProductRows {
    private final ByteBuffer inputs;
    private final FloatBuffer outputs;
    private final byte[] high;
    private final byte[] low;
    private final int out;
    private final float[] scales;

    /**
     * Between two tensors.
     *
     * @param from {@code [2 rows, in]}, integers without a sign: the high parts of as many rows as there are, then their low ones
     * @param to {@code [rows, out]}, fp32
     */
    EightBitRows(NDArray from, NDArray to) {
        inputs = TensorMemory.of(from).bytes();
        outputs = TensorMemory.of(to).bytes().asFloatBuffer();
        high = new byte[(int) from.getShape().get(1)];
        low = new byte[high.length];
        out = (int) to.getShape().get(1);
        scales = new float[(int) to.getShape().get(0)];
    }

    @Override
    public void set(Rows x, int rows) {
        for (int row = 0; row < rows; row++) {
            scales[row] = SplitRow.split(x.values(), x.at(row), high.length, high, low);
            inputs.put(row * high.length, high);
            inputs.put((rows + row) * high.length, low);
        }
    }

    @Override
    public void get(int rows, Rows y) {
        for (int row = 0; row < rows; row++) {
            outputs.get(row * out, y.values(), y.at(row), out);
            scale(scales[row], y.values(), y.at(row), out);
        }
    }

    private static void scale(float scale, float[] y, int at, int count) {
        for (int i = at; i < at + count; i++) {
            y[i] *= scale;
        }
    }
}
