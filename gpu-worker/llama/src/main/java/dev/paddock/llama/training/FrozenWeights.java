package dev.paddock.llama.training;

import ai.djl.ndarray.NDArray;

/** The tensors of a model that are not trained, in the type in which products are computed. */
interface FrozenWeights extends AutoCloseable {
    /** A slot's tensor; one of a block is valid until a slot of another block is asked for. */
    NDArray tensor(WeightSlot slot);

    /** Bytes that the block's matrices take while they wait. */
    long matrixBytes();

    @Override
    void close();
}
