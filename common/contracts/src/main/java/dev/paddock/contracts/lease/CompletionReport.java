package dev.paddock.contracts.lease;

/** The job is done; the adapter is in the store. */
public record CompletionReport(
        long fencingToken,
        String artifactDigest,
        String codeVersion,
        dev.paddock.contracts.event.TrainingMeasurements measurements) {}
