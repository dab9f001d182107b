package dev.paddock.contracts.lease;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One job for one worker until expiresAt; a later fencing token makes every earlier one worthless. */
public record Lease(
        UUID jobId,
        String tenant,
        int attempt,
        long fencingToken,
        Instant expiresAt,
        TrainingOrder order,
        @Nullable CheckpointReference checkpoint) {}
