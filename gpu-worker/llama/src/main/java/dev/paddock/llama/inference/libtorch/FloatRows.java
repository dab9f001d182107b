package dev.paddock.llama.inference.libtorch;

import ai.djl.ndarray.NDArray;
import dev.paddock.kernels.Rows;
import dev.paddock.llama.torch.TensorMemory;
import java.nio.FloatBuffer;

/** Rows as they are. */
final class FloatRows implements ProductRows {
    private final FloatBuffer inputs;
    private final FloatBuffer outputs;
    private final int in;
    private final int out;

    /**
     * Between two tensors.
     *
     * @param from {@code [rows, in]}, fp32
     * @param to {@code [rows, out]}, fp32
     */
    FloatRows(NDArray from, NDArray to) {
        inputs = TensorMemory.of(from).bytes().asFloatBuffer();
        outputs = TensorMemory.of(to).bytes().asFloatBuffer();
        in = (int) from.getShape().get(1);
        out = (int) to.getShape().get(1);
    }

    @Override
    public void set(Rows x, int rows) {
        for (int row = 0; row < rows; row++) {
            inputs.put(row * in, x.values(), x.at(row), in);
        }
    }

    @Override
    public void get(int rows, Rows y) {
        for (int row = 0; row < rows; row++) {
            outputs.get(row * out, y.values(), y.at(row), out);
        }
    }
}
