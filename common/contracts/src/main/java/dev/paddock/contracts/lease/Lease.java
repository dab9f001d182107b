package dev.paddock.contracts.lease;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One job for one worker until expiresAt; a later fencing token makes every earlier one worthless.
 *
 * @param orderedAt when the job was ordered: the date that chat templates write in every attempt
 */
public record Lease(
        UUID jobId,
        String tenant,
        int attempt,
        long fencingToken,
        Instant expiresAt,
        TrainingOrder order,
        Instant orderedAt,
        @Nullable CheckpointReference checkpoint) {}
