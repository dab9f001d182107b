package dev.paddock.llama.training;

import ai.djl.ndarray.NDArray;
import dev.paddock.llama.torch.ScriptValue;
import java.util.List;

/** Where a block's gradients go, as arguments of its backward pass. */
final class BlockGradients implements AutoCloseable {
    private final ScriptValue weights;
    private final ScriptValue a;
    private final ScriptValue b;
    private final ScriptValue magnitudes;
    private final long[] parts;
    private final double[] scales;

    /** @param weights views of the ten tensors' gradients; empty tensors where nothing is trained */
    BlockGradients(List<NDArray> weights, JoinedAdapters.Gradients adapters) {
        this.weights = ScriptValue.list(weights);
        a = ScriptValue.list(adapters.a());
        b = ScriptValue.list(adapters.b());
        magnitudes = ScriptValue.list(adapters.magnitudes());
        parts = adapters.parts();
        scales = adapters.scales();
    }

    Object[] arguments() {
        return new Object[] {weights, a, b, magnitudes, parts, scales};
    }

    @Override
    public void close() {
        weights.close();
        a.close();
        b.close();
        magnitudes.close();
    }
}
