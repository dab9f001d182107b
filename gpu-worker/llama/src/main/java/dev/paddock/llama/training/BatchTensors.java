package dev.paddock.llama.training;

import ai.djl.ndarray.NDArray;
import dev.paddock.llama.torch.TensorScope;
import dev.paddock.llama.torch.Tensors;

/** A batch's numbers as the kernels take them. */
record BatchTensors(NDArray ids, NDArray positions, NDArray documents, NDArray places, NDArray targets) {
    static BatchTensors of(TensorScope scope, PackedBatch batch) {
        return new BatchTensors(
                Tensors.longs(scope, batch.ids(), batch.ids().length),
                Tensors.longs(scope, batch.positions(), batch.positions().length),
                Tensors.longs(scope, batch.documents(), batch.rows(), batch.length()),
                Tensors.longs(scope, batch.places(), batch.places().length),
                Tensors.longs(scope, batch.targets(), batch.targets().length));
    }
}
