package dev.paddock.contracts.lease;

/** The last checkpoint of a job in the artifact store. */
public record CheckpointReference(int step, String digest) {}
