package dev.paddock.llama.adapter;

import dev.paddock.llama.config.Rules;
import java.util.EnumSet;
import java.util.Set;

/**
 * A low-rank adapter (Hu et al. 2021, arXiv:2106.09685).
 *
 * @param rank columns of B and rows of A
 * @param alpha numerator of the scale
 * @param dropout share of the adapter's inputs set to zero while training; projections of one input share the mask
 * @param targets projections with an adapter, in every block
 * @param rankStabilized scale {@code alpha / sqrt(rank)} (Kalajdzievski 2023, arXiv:2312.03732) instead of {@code alpha / rank}
 */
public record LoraSettings(int rank, double alpha, double dropout, Set<Projection> targets, boolean rankStabilized) {
    public LoraSettings {
        Rules.atLeast("rank", rank, 1);
        Rules.positive("alpha", alpha);
        Rules.share("dropout", dropout);
        if (targets.isEmpty()) {
            throw new IllegalArgumentException("targets must name at least one projection");
        }
        targets = Set.copyOf(targets);
    }

    /** All seven projections, no dropout, {@code alpha / rank}. */
    public static LoraSettings of(int rank, double alpha) {
        return new LoraSettings(rank, alpha, 0, EnumSet.allOf(Projection.class), false);
    }

    /** What the product of B and A is multiplied with. */
    public double scale() {
        return alpha / (rankStabilized ? Math.sqrt(rank) : rank);
    }
}
