package dev.paddock.contracts.lease;

import java.time.Instant;

/** The answer to a renewal. */
public record LeaseState(boolean cancel, Instant expiresAt) {}
