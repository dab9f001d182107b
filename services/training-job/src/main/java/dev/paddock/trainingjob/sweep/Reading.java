package dev.paddock.trainingjob.sweep;

/**
 * What a trial measured up to a step. Means are over the last tenth of the whole run's steps (at least one step) up to there.
 *
 * @param trial the trial's number
 * @param step the step
 * @param steps of the whole run
 * @param loss mean training loss; infinite where it is not known or not a number
 * @param gradientNorm mean norm of the gradients before they are clipped; infinite likewise
 * @param firstLoss loss of the first step; infinite likewise
 */
record Reading(int trial, int step, int steps, double loss, double gradientNorm, double firstLoss) {
    /** Whether everything is known. */
    boolean isWhole() {
        return Double.isFinite(loss) && Double.isFinite(gradientNorm) && Double.isFinite(firstLoss);
    }
}
