package dev.paddock.llama.inference;

import java.util.Map;

/**
 * A low-rank adapter (Hu et al. 2021, arXiv:2106.09685): {@code y = W x + scale · B A x} for the matrices it names.
 *
 * @param updates by layer and projection
 */
public record LoraAdapter(Map<Target, Update> updates) {
    public LoraAdapter {
        updates = Map.copyOf(updates);
    }

    /** One matrix of the model. */
    public record Target(int layer, Projection projection) {}

    /**
     * One low-rank update.
     *
     * @param rank r
     * @param scale {@code alpha / r}, or {@code alpha / sqrt(r)} with rank stabilisation
     * @param a {@code [r, inputs]}, rows first
     * @param b {@code [outputs, r]}, rows first
     */
    @SuppressWarnings("ArrayRecordComponent")
    public record Update(int rank, double scale, float[] a, float[] b) {}
}
