package dev.paddock.trainingjob.sweep;

import org.jspecify.annotations.Nullable;

/**
 * What a trial measured up to a step. Means are over the last tenth of the whole run's steps (at least one step) up to there.
 *
 * @param trial the trial's number
 * @param step the step
 * @param steps of the whole run
 * @param loss mean training loss; infinite where it is not known or not a number
 * @param gradientNorm mean norm of the gradients before they are clipped; infinite likewise
 * @param firstLoss loss of the first step; infinite likewise
 * @param validationLoss loss on held-out rows as it was measured last over those steps, or that of a completed trial's result;
 *     infinite where it is not a number, null where it was not measured
 */
record Reading(
        int trial,
        int step,
        int steps,
        double loss,
        double gradientNorm,
        double firstLoss,
        @Nullable Double validationLoss) {
    /** Whether everything is known. */
    boolean isWhole() {
        return Double.isFinite(loss) && Double.isFinite(gradientNorm) && Double.isFinite(firstLoss);
    }
}
