package dev.paddock.llama.merge;

import java.util.List;

/**
 * Spherical interpolation of two sources (Shoemake 1985) on flattened tensors, as mergekit: with the angle Ω between them,
 * {@code θ = sin((1−t)Ω)/sin Ω · θ₁ + sin(tΩ)/sin Ω · θ₂}; straight interpolation where the two are as good as parallel. The base
 * does not enter.
 */
public final class SlerpMerge implements MergeRule {
    private static final double PARALLEL = 0.9995;
    private static final double SMALLEST_NORM = 1e-8;

    private final double t;

    /**
     * Interpolates at the second weight's share of both.
     *
     * @throws IllegalArgumentException unless there are two weights, none negative and not both 0
     */
    public SlerpMerge(List<Double> weights) {
        if (weights.size() != 2 || weights.get(0) < 0 || weights.get(1) < 0 || weights.get(0) + weights.get(1) == 0) {
            throw new IllegalArgumentException("the weights are " + weights
                    + "; slerp is between two sources, with weights of 0 or more and not both 0");
        }
        t = weights.get(1) / (weights.get(0) + weights.get(1));
    }

    @Override
    public float[] merge(String tensor, float[] base, List<float[]> sources) {
        float[] first = sources.get(0);
        float[] second = sources.get(1);
        double norms = norm(first) * norm(second);
        double cosine = Math.max(-1, Math.min(1, dot(first, second) / norms));
        double angle = Math.acos(cosine);
        boolean straight = Math.abs(cosine) > PARALLEL;
        double one = straight ? 1 - t : Math.sin((1 - t) * angle) / Math.sin(angle);
        double other = straight ? t : Math.sin(t * angle) / Math.sin(angle);
        Ranges.each(base.length, (from, to) -> {
            for (int i = from; i < to; i++) {
                base[i] = (float) (one * first[i] + other * second[i]);
            }
        });
        return base;
    }

    private static double norm(float[] values) {
        double norm = Math.sqrt(dot(values, values));
        return norm > SMALLEST_NORM ? norm : 1;
    }

    private static double dot(float[] one, float[] other) {
        return Ranges.sum(one.length, (from, to) -> {
            double sum = 0;
            for (int i = from; i < to; i++) {
                sum += (double) one[i] * other[i];
            }
            return sum;
        });
    }
}
