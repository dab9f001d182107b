package dev.paddock.contracts.lease;

/** The attempt ended; code is a stable name such as non-finite-loss, out-of-memory, artifact-missing, dataset-version-deleted. */
public record FailureReport(long fencingToken, String code, String cause, boolean retryable) {}
