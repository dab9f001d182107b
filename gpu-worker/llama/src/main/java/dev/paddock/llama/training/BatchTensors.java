package dev.paddock.llama.training;

import ai.djl.ndarray.NDArray;
import dev.paddock.llama.torch.ScalarType;
import dev.paddock.llama.torch.TensorScope;
import dev.paddock.llama.torch.Tensors;

/**
 * A batch's numbers as the kernels take them.
 *
 * @param noise half-width of the noise on each token's embedding; empty for none
 */
record BatchTensors(NDArray ids, NDArray positions, NDArray documents, NDArray places, NDArray targets, NDArray noise) {
    /** @param alpha NEFTune's alpha; 0 for no noise */
    static BatchTensors of(TensorScope scope, PackedBatch batch, double alpha, int width) {
        return new BatchTensors(
                Tensors.longs(scope, batch.ids(), batch.ids().length),
                Tensors.longs(scope, batch.positions(), batch.positions().length),
                Tensors.longs(scope, batch.documents(), batch.rows(), batch.length()),
                Tensors.longs(scope, batch.places(), batch.places().length),
                Tensors.longs(scope, batch.targets(), batch.targets().length),
                alpha > 0
                        ? Tensors.floats(scope, batch.noise(alpha, width), batch.ids().length)
                        : Tensors.zeros(scope, ScalarType.FLOAT32, 0));
    }
}
