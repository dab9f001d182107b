package dev.paddock.llama.training;

import dev.paddock.llama.config.Rules;

/**
 * Linear warm-up, then a schedule.
 *
 * @param peak highest rate
 * @param warmupSteps steps over which the rate rises
 * @param finalShare share of the peak at the end
 * @param schedule how the rate falls
 * @param decayShare share of all steps, the last ones, over which {@link Schedule#WSD} lowers the rate
 */
public record LearningRate(double peak, int warmupSteps, double finalShare, Schedule schedule, double decayShare) {
    /** How the rate falls after the warm-up. */
    public enum Schedule {
        /** Half a cosine down (Loshchilov and Hutter 2017, arXiv:1608.03983). */
        COSINE,
        /** A straight line down. */
        LINEAR,
        /** Not at all. */
        CONSTANT,
        /** Not at all until the last share of the steps, then a straight line down (Hu et al. 2024, MiniCPM, arXiv:2404.06395). */
        WSD
    }

    public LearningRate {
        Rules.positive("learningRate", peak);
        Rules.atLeast("warmupSteps", warmupSteps, 0);
        if (!(finalShare >= 0 && finalShare <= 1)) {
            throw new IllegalArgumentException("finalShare must be from 0 to 1, was " + finalShare);
        }
        if (!(decayShare > 0 && decayShare <= 1)) {
            throw new IllegalArgumentException("decayShare must be over 0 and at most 1, was " + decayShare);
        }
    }

    /** Half a cosine after the warm-up. */
    public LearningRate(double peak, int warmupSteps, double finalShare) {
        this(peak, warmupSteps, finalShare, Schedule.COSINE, 1);
    }

    /** Rate of a step, counted from 1 to {@code steps}. */
    public double at(int step, int steps) {
        if (step <= warmupSteps) {
            return peak * step / warmupSteps;
        }
        int falling = schedule == Schedule.WSD
                ? Math.min(steps - warmupSteps, (int) Math.round(decayShare * steps))
                : steps - warmupSteps;
        double progress = Math.max(0, step - (steps - falling) - 1) / (double) Math.max(1, falling);
        return peak * (finalShare + (1 - finalShare) * left(progress));
    }

    /** What is left of the fall after a share of it. */
    private double left(double progress) {
        return switch (schedule) {
            case COSINE -> 0.5 * (1 + Math.cos(Math.PI * progress));
            case LINEAR, WSD -> 1 - progress;
            case CONSTANT -> 1;
        };
    }
}
