package dev.paddock.contracts.lease;

/** A checkpoint was stored. */
public record CheckpointReport(long fencingToken, int step, String digest) {}
