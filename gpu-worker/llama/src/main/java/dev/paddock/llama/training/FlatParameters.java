package dev.paddock.llama.training;

import ai.djl.ndarray.NDArray;
import dev.paddock.llama.optimizer.AdamW;
import dev.paddock.llama.torch.ScalarType;
import dev.paddock.llama.torch.ScriptModule;
import dev.paddock.llama.torch.TensorScope;
import dev.paddock.llama.torch.Tensors;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Trained parameters, their gradients and AdamW's two moments, each one flat fp32 buffer of the same layout. Another optimizer has its own state. */
final class FlatParameters implements AutoCloseable {
    private final ScriptModule kernels;
    private final List<FlatSlot> slots;
    private final List<Span> spans;
    private final NDArray values;
    private final NDArray gradients;
    private final NDArray firstMoments;
    private final NDArray secondMoments;
    private final @Nullable SlotOptimizer optimizer;

    /**
     * Parameters of zero.
     *
     * @param slots slots with their places
     */
    FlatParameters(TensorScope scope, ScriptModule kernels, List<FlatSlot> slots, TrainingSettings settings) {
        this.kernels = kernels;
        this.slots = slots;
        spans = Span.of(slots);
        long size = FlatSlot.size(slots);
        values = Tensors.zeros(scope, ScalarType.FLOAT32, size);
        gradients = Tensors.zeros(scope, ScalarType.FLOAT32, size);
        boolean plain = settings.options().optimizer() == OptimizerKind.ADAMW;
        firstMoments = Tensors.zeros(scope, ScalarType.FLOAT32, plain ? size : 0);
        secondMoments = Tensors.zeros(scope, ScalarType.FLOAT32, plain ? size : 0);
        optimizer = plain ? null : SlotOptimizer.of(settings, slots, values, gradients);
    }

    /** The optimizer that keeps a state of its own; null where the moments are here. */
    @Nullable SlotOptimizer optimizer() {
        return optimizer;
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

    /** Neighbouring slots that are updated alike. */
    private record Span(boolean decay, double rate, long offset, long length) {
        static List<Span> of(List<FlatSlot> slots) {
            List<Span> spans = new ArrayList<>();
            for (FlatSlot slot : slots.stream()
                    .sorted(Comparator.comparingLong(FlatSlot::offset))
                    .toList()) {
                Span last = spans.isEmpty() ? null : spans.get(spans.size() - 1);
                if (last != null && last.decay == slot.decay() && last.rate == slot.rate()) {
                    spans.set(spans.size() - 1, last.longer(slot.elements()));
                } else {
                    spans.add(new Span(slot.decay(), slot.rate(), slot.offset(), slot.elements()));
                }
            }
            return spans;
        }

        private Span longer(long elements) {
            return new Span(decay, rate, offset, length + elements);
        }
    }

    /**
     * One update.
     *
     * @param adamw settings of AdamW; another optimizer was given its own
     *
     * @param step number of this update, from 1
     * @param learningRate rate of slots whose own factor is 1
     * @param gradientScale what the summed gradients are multiplied with first
     */
    void update(AdamW adamw, int step, double learningRate, double gradientScale) {
        if (optimizer != null) {
            optimizer.update(step, learningRate, gradientScale);
            return;
        }
        for (Span span : spans) {
            try (TensorScope views = TensorScope.open()) {
                kernels.run(
                        "adamw",
                        part(views, values, span),
                        part(views, gradients, span),
                        part(views, firstMoments, span),
                        part(views, secondMoments, span),
                        step,
                        learningRate * span.rate(),
                        adamw.beta1(),
                        adamw.beta2(),
                        adamw.epsilon(),
                        span.decay() ? adamw.weightDecay() : 0.0,
                        gradientScale);
            }
        }
    }

    private List<NDArray> part(TensorScope scope, NDArray flat, Span span) {
        return kernels.tensors(
                scope, "views", flat, new long[] {span.offset()}, new long[] {span.length()}, new long[] {0});
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

    /** Views of some rows of slots: for each one its number, its first row and its rows. */
    List<NDArray> rows(TensorScope scope, NDArray flat, List<SlotRows> parts) {
        return kernels.tensors(
                scope,
                "views",
                flat,
                parts.stream()
                        .mapToLong(part -> slots.get(part.slot()).offset()
                                + (long) part.first() * slots.get(part.slot()).columns())
                        .toArray(),
                parts.stream().mapToLong(SlotRows::rows).toArray(),
                parts.stream()
                        .mapToLong(part -> slots.get(part.slot()).columns())
                        .toArray());
    }

    /** Rows of a slot. */
    record SlotRows(int slot, int first, int rows) {}

    @Override
    public void close() {
        if (optimizer != null) {
            optimizer.close();
        }
    }
}
