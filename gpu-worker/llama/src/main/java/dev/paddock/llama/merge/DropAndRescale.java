package dev.paddock.llama.merge;

import java.util.SplittableRandom;

/**
 * Drops numbers at random and scales the others up to make up for it (DARE: Yu et al. 2024, arXiv:2311.03099): with drop rate
 * {@code p = 1 − density}, {@code δ̃ = m δ / (1 − p)}, {@code m ~ Bernoulli(1 − p)}. The same seed, source and tensor drop the same
 * numbers.
 *
 * @param density share of numbers that is kept on average, above 0 to 1
 */
public record DropAndRescale(double density, long seed) implements Sparsity {
    public DropAndRescale {
        Sparsity.requireDensity(density);
    }

    @Override
    public void thin(String tensor, int source, float[] delta) {
        if (density == 1) {
            return;
        }
        SplittableRandom random = new SplittableRandom(31 * (31 * seed + source) + tensor.hashCode());
        double scale = 1 / density;
        for (int i = 0; i < delta.length; i++) {
            delta[i] = random.nextDouble() < density ? (float) (delta[i] * scale) : 0;
        }
    }
}
