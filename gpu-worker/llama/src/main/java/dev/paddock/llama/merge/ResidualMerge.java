package dev.paddock.llama.merge;

import java.util.List;

/**
 * Adds what instruction tuning changed to another model of the same base (Jindal et al. 2024, arXiv:2410.10739): with the tuned
 * model as the first source and the other one as the second, {@code θ = θ₂ + scale · (θ₁ − θ_base)}.
 *
 * @param scale 1 in the paper
 */
public record ResidualMerge(double scale) implements MergeRule {
    @Override
    public float[] merge(String tensor, float[] base, List<float[]> sources) {
        float[] tuned = sources.get(0);
        float[] other = sources.get(1);
        Ranges.each(base.length, (from, to) -> {
            for (int i = from; i < to; i++) {
                base[i] = (float) (other[i] + scale * ((double) tuned[i] - base[i]));
            }
        });
        return base;
    }
}
