package dev.paddock.llama.training;

import dev.paddock.llama.config.Rules;

/**
 * Linear warm-up, then half a cosine down (Loshchilov and Hutter 2017, arXiv:1608.03983).
 *
 * @param peak highest rate
 * @param warmupSteps steps over which the rate rises
 * @param finalShare share of the peak at the end
 */
public record LearningRate(double peak, int warmupSteps, double finalShare) {
    public LearningRate {
        Rules.positive("learningRate", peak);
        Rules.atLeast("warmupSteps", warmupSteps, 0);
        if (!(finalShare >= 0 && finalShare <= 1)) {
            throw new IllegalArgumentException("finalShare must be from 0 to 1, was " + finalShare);
        }
    }

    /** Rate of a step, counted from 1 to {@code steps}. */
    public double at(int step, int steps) {
        if (step <= warmupSteps) {
            return peak * step / warmupSteps;
        }
        double progress = (double) (step - warmupSteps - 1) / Math.max(1, steps - warmupSteps);
        return peak * (finalShare + (1 - finalShare) * 0.5 * (1 + Math.cos(Math.PI * progress)));
    }
}
