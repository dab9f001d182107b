package dev.paddock.llama.merge;

import java.util.Arrays;
import java.util.List;

/**
 * Weighted sum of the sources (Wortsman et al. 2022, arXiv:2203.05482; SPHINX's mix of weights): {@code θ = Σ wₖ θₖ}, and with
 * {@code normalize} divided by {@code Σ wₖ}. The base does not enter.
 */
public final class LinearMerge implements MergeRule {
    private final double[] shares;

    /** Refuses weights that sum up to 0 and are to be divided by that, with an {@link IllegalArgumentException}. */
    public LinearMerge(List<Double> weights, boolean normalize) {
        double sum = weights.stream().mapToDouble(Double::doubleValue).sum();
        if (normalize && Math.abs(sum) < 1e-8) {
            throw new IllegalArgumentException(
                    "the weights " + weights + " sum up to 0, so they cannot be normalized: set normalize to false");
        }
        double divisor = normalize ? sum : 1;
        shares = weights.stream().mapToDouble(weight -> weight / divisor).toArray();
    }

    @Override
    public float[] merge(String tensor, float[] base, List<float[]> sources) {
        Ranges.each(base.length, (from, to) -> {
            double[] sums = new double[to - from];
            for (int k = 0; k < shares.length; k++) {
                add(sums, sources.get(k), from, shares[k]);
            }
            for (int i = from; i < to; i++) {
                base[i] = (float) sums[i - from];
            }
        });
        return base;
    }

    private static void add(double[] sums, float[] source, int from, double share) {
        for (int i = 0; i < sums.length; i++) {
            sums[i] += share * source[from + i];
        }
    }

    @Override
    public String toString() {
        return "linear " + Arrays.toString(shares);
    }
}
