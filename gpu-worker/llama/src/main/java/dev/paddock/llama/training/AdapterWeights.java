package dev.paddock.llama.training;

import java.util.List;

/**
 * A low-rank adapter's matrices in Java memory.
 *
 * @param settings what the adapter is
 * @param modules one for each block and target, block by block in the order of {@link Projection}
 */
public record AdapterWeights(LoraSettings settings, List<Module> modules) {
    public AdapterWeights {
        modules = List.copyOf(modules);
    }

    /**
     * The adapter of one projection.
     *
     * @param layer block, from 0
     * @param projection the adapted linear layer
     * @param a rows first, {@code [rank, inputs]}
     * @param b rows first, {@code [outputs, rank]}
     */
    @SuppressWarnings("ArrayRecordComponent")
    public record Module(int layer, Projection projection, float[] a, float[] b) {}
}
