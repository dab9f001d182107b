package dev.paddock.llama.training;

import java.time.Duration;

/**
 * Where a run stands after a step.
 *
 * @param step number of the step, from 1
 * @param steps steps of the whole run
 * @param loss mean negative log-likelihood of the step's counted tokens, in nats, or the mean loss of its comparisons
 * @param learningRate rate of the step
 * @param gradientNorm norm of the mean gradient before clipping
 * @param tokensPerSecond tokens without padding, over the steps since the run began or went on
 * @param remaining estimated time to the end
 * @param peakMemoryBytes most memory that this process has had resident; 0 where the system does not tell
 */
public record TrainingProgress(
        int step,
        int steps,
        double loss,
        double learningRate,
        double gradientNorm,
        double tokensPerSecond,
        Duration remaining,
        long peakMemoryBytes) {}
