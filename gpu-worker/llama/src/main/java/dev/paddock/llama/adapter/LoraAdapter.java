package dev.paddock.llama.adapter;

import java.util.Collections;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;

/**
 * A low-rank adapter (Hu et al. 2021, arXiv:2106.09685): {@code y = W x + scale · B A x} for the matrices it names.
 *
 * @param updates by layer and projection, in their order
 */
public record LoraAdapter(Map<Target, Update> updates) {
    public LoraAdapter {
        updates = Collections.unmodifiableMap(new TreeMap<>(updates));
    }

    /**
     * One matrix of the model.
     *
     * @param layer block, from 0
     * @param projection the adapted linear layer
     */
    public record Target(int layer, Projection projection) implements Comparable<Target> {
        private static final Comparator<Target> ORDER =
                Comparator.comparingInt(Target::layer).thenComparing(Target::projection);

        @Override
        public int compareTo(Target other) {
            return ORDER.compare(this, other);
        }
    }

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
