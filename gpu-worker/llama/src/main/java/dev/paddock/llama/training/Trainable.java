package dev.paddock.llama.training;

import ai.djl.ndarray.NDArray;
import dev.paddock.llama.torch.TensorScope;
import java.nio.file.Path;
import java.util.List;

/** What of a model is trained, and the tensors that the kernels need for it. */
sealed interface Trainable permits LoraParameters, FullParameters {
    FlatParameters parameters();

    /**
     * Tensors of the current parameter values in the compute type.
     *
     * @param owner scope that owns what is made anew, until the next update
     */
    Prepared prepare(TensorScope owner);

    /** Views into the flat gradients, in the kernels' order. */
    Gradients gradients();

    /** What B·A is multiplied with; unused without adapters. */
    double scale();

    double dropout();

    /** For each of the seven projections: first output row in its group, outputs, place among the adapted ones or -1. */
    long[] parts();

    /**
     * Writes what was trained.
     *
     * @param folder folder that exists
     * @param baseName what an adapter names as its base
     */
    void write(Path folder, String baseName);

    /** Weights (ten a block and three), adapters A and B (four a block). */
    record Prepared(List<NDArray> weights, List<NDArray> a, List<NDArray> b) {}

    /** Gradients of the weights, of A, and of every single B; empty tensors where nothing is trained. */
    record Gradients(List<NDArray> weights, List<NDArray> a, List<NDArray> b) {}
}
