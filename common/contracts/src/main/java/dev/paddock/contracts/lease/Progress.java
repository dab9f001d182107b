package dev.paddock.contracts.lease;

/** Where an attempt stands: loss of the last step, tokens/s of the run, seconds left, resident peak in bytes. */
public record Progress(
        int step,
        int steps,
        double loss,
        double learningRate,
        double tokensPerSecond,
        long etaSeconds,
        long peakMemoryBytes) {}
