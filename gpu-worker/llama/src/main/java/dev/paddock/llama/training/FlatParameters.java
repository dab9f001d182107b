package dev.paddock.llama.training;

import ai.djl.ndarray.NDArray;
import dev.paddock.llama.torch.ScalarType;
import dev.paddock.llama.torch.ScriptModule;
import dev.paddock.llama.torch.TensorScope;
import dev.paddock.llama.torch.Tensors;
import java.util.List;

/** Trained parameters, their gradients and AdamW's two moments, each one flat fp32 buffer of the same layout. */
final class FlatParameters {
    private final ScriptModule kernels;
    private final List<FlatSlot> slots;
    private final NDArray values;
    private final NDArray gradients;
    private final NDArray firstMoments;
    private final NDArray secondMoments;

    FlatParameters(TensorScope scope, ScriptModule kernels, List<FlatSlot> slots) {
        this.kernels = kernels;
        this.slots = slots;
        long size = FlatSlot.size(slots);
        values = Tensors.zeros(scope, ScalarType.FLOAT32, size);
        gradients = Tensors.zeros(scope, ScalarType.FLOAT32, size);
        firstMoments = Tensors.zeros(scope, ScalarType.FLOAT32, size);
        secondMoments = Tensors.zeros(scope, ScalarType.FLOAT32, size);
    }

    NDArray values() {
        return values;
    }

    NDArray firstMoments() {
        return firstMoments;
    }

    NDArray secondMoments() {
        return secondMoments;
    }

    NDArray gradients() {
        return gradients;
    }

    List<FlatSlot> slots() {
        return slots;
    }

    /** Parameters that are trained. */
    long size() {
        return FlatSlot.size(slots);
    }

    /** Views of the values, one for each slot. */
    List<NDArray> valueViews(TensorScope scope) {
        return views(scope, values);
    }

    /** Views of the gradients, one for each slot. */
    List<NDArray> gradientViews(TensorScope scope) {
        return views(scope, gradients);
    }

    void clearGradients() {
        kernels.run("zero", gradients);
    }

    /** Euclidean norm of all gradients. */
    double gradientNorm() {
        return kernels.number("norm_of", gradients);
    }

    /**
     * One AdamW update.
     *
     * @param step number of this update, from 1
     * @param gradientScale what the summed gradients are multiplied with first
     */
    void update(AdamW optimizer, int step, double learningRate, double gradientScale) {
        long decayed = FlatSlot.decayedSize(slots);
        try (TensorScope views = TensorScope.open()) {
            update(views, optimizer, step, learningRate, gradientScale, 0, decayed, optimizer.weightDecay());
            update(views, optimizer, step, learningRate, gradientScale, decayed, size() - decayed, 0);
        }
    }

    private void update(
            TensorScope views,
            AdamW optimizer,
            int step,
            double rate,
            double gradientScale,
            long offset,
            long length,
            double decay) {
        if (length == 0) {
            return;
        }
        kernels.run(
                "adamw",
                span(views, values, offset, length),
                span(views, gradients, offset, length),
                span(views, firstMoments, offset, length),
                span(views, secondMoments, offset, length),
                step,
                rate,
                optimizer.beta1(),
                optimizer.beta2(),
                optimizer.epsilon(),
                decay,
                gradientScale);
    }

    private List<NDArray> span(TensorScope scope, NDArray flat, long offset, long length) {
        return kernels.tensors(scope, "views", flat, new long[] {offset}, new long[] {length}, new long[] {0});
    }

    /** Views of a buffer of this layout, one for each slot. */
    List<NDArray> views(TensorScope scope, NDArray flat) {
        return kernels.tensors(
                scope,
                "views",
                flat,
                slots.stream().mapToLong(FlatSlot::offset).toArray(),
                slots.stream().mapToLong(FlatSlot::rows).toArray(),
                slots.stream().mapToLong(FlatSlot::columns).toArray());
    }
}
