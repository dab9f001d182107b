package dev.paddock.contracts.event;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a job was computed in. With the order, its seed and the code version it is what repeating a run to the bit takes: on
 * other threads or another processor sums round otherwise.
 *
 * @param threads threads of one operator
 * @param libtorch version of the engine's natives
 * @param processor name, and the instruction sets that choose kernels
 * @param precision of the base and of the products, {@code fp32} or {@code bf16}; null where a method has none
 * @param earlier parts of the run that were computed elsewhere, oldest first; null for none
 */
public record TrainingEnvironment(
        int threads,
        String libtorch,
        String processor,
        @Nullable String precision,
        @Nullable List<EarlierEnvironment> earlier) {
    /**
     * Where a run was computed before another worker went on with it.
     *
     * @param lastStep the last step of that part
     * @param threads threads of one operator
     * @param processor name and instruction sets
     */
    public record EarlierEnvironment(int lastStep, int threads, String processor) {}
}
