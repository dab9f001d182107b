package dev.paddock.llama.training;

import dev.paddock.llama.config.LlamaConfig;
import java.util.List;
import java.util.function.Predicate;

/**
 * The numbers of a model in training, by what becomes of them.
 *
 * @param adapters trained in adapters and in a classification head
 * @param whole trained in tensors of the base
 * @param frozenMatrices frozen in the blocks' linear layers
 * @param frozenOthers frozen in embedding, output matrix, norms and biases
 */
public record ParameterCounts(long adapters, long whole, long frozenMatrices, long frozenOthers) {
    /** Counts without reading a tensor. */
    public static ParameterCounts of(LlamaConfig config, Adaptation adaptation) {
        List<WeightSlot> slots = WeightSlot.of(config).stream()
                .filter(adaptation::reads)
                .distinct()
                .toList();
        long head = (long) adaptation.labels() * config.hiddenSize();
        AdapterSlots layout = TrainedParts.layout(config, adaptation);
        long adapters = layout == null ? 0 : FlatSlot.size(layout.slots());
        Predicate<WeightSlot> matrix = slot -> !slot.isVector() && !slot.isVocabulary();
        return new ParameterCounts(
                adapters + head,
                sum(slots, adaptation::trains),
                sum(slots, matrix.and(slot -> !adaptation.trains(slot))),
                sum(slots, matrix.negate().and(slot -> !adaptation.trains(slot))));
    }

    private static long sum(List<WeightSlot> slots, Predicate<WeightSlot> which) {
        return slots.stream().filter(which).mapToLong(WeightSlot::elements).sum();
    }

    /** All that have a master, a gradient and two moments. */
    public long trained() {
        return adapters + whole;
    }

    /** Whether the linear layers of the blocks are trained themselves. */
    public boolean trainsMatrices() {
        return frozenMatrices == 0;
    }
}
