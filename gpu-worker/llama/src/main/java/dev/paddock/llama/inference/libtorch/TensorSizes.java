package dev.paddock.llama.inference.libtorch;

import ai.djl.ndarray.NDArray;

/** Memory that tensors take. */
final class TensorSizes {
    private TensorSizes() {}

    static long bytes(NDArray tensor) {
        return tensor.getShape().size() * tensor.getDataType().getNumOfBytes();
    }
}
