package dev.paddock.contracts.event;

/** What a finished run measured: loss of the last step, tokens/s over the run, resident memory peak in bytes, wall time in seconds. */
public record TrainingMeasurements(
        double finalLoss, double tokensPerSecond, long peakMemoryBytes, double seconds, long tokens, int steps) {}
