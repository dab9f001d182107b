package dev.paddock.llama.merge;

import java.util.List;

/**
 * Adds thinned task vectors {@code δₖ = θₖ − θ_base} to the base: {@code θ = θ_base + λ Σ wₖ δₖ}, with {@code normalize} the mean
 * by weight. With {@code electSigns} each number's sign is elected first, that of {@code Σ wₖ δₖ}, and only the task vectors that
 * agree count, in the sum as in the mean (TIES: Yadav et al. 2023, arXiv:2306.01708, the disjoint merge).
 */
public final class TaskVectorMerge implements MergeRule {
    private final double[] weights;
    private final Sparsity sparsity;
    private final boolean electSigns;
    private final boolean normalize;
    private final double lambda;

    /**
     * Merges by these settings.
     *
     * @param lambda what the merged task vector is scaled with
     */
    public TaskVectorMerge(
            List<Double> weights, Sparsity sparsity, boolean electSigns, boolean normalize, double lambda) {
        this.weights = weights.stream().mapToDouble(Double::doubleValue).toArray();
        this.sparsity = sparsity;
        this.electSigns = electSigns;
        this.normalize = normalize;
        this.lambda = lambda;
    }

    @Override
    public float[] merge(String tensor, float[] base, List<float[]> sources) {
        for (int k = 0; k < weights.length; k++) {
            float[] delta = sources.get(k);
            Ranges.each(base.length, (from, to) -> subtract(delta, base, from, to));
            sparsity.thin(tensor, k, delta);
        }
        Ranges.each(base.length, (from, to) -> {
            for (int i = from; i < to; i++) {
                base[i] += (float) (lambda * merged(sources, i));
            }
        });
        return base;
    }

    private static void subtract(float[] values, float[] others, int from, int to) {
        for (int i = from; i < to; i++) {
            values[i] -= others[i];
        }
    }

    private double merged(List<float[]> deltas, int at) {
        double all = 0;
        for (int k = 0; k < weights.length; k++) {
            all += weights[k] * deltas.get(k)[at];
        }
        double sum = 0;
        double divisor = 0;
        for (int k = 0; k < weights.length; k++) {
            double part = weights[k] * deltas.get(k)[at];
            if (!electSigns || (part != 0 && part > 0 == all >= 0)) {
                sum += part;
                divisor += weights[k];
            }
        }
        return normalize && Math.abs(divisor) >= 1e-8 ? sum / divisor : sum;
    }
}
