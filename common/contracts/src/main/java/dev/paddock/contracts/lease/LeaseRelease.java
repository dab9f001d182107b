package dev.paddock.contracts.lease;

/** The worker is being stopped and gives the job back; the attempt does not count. */
public record LeaseRelease(long fencingToken) {}
