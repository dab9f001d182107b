package dev.paddock.trainingjob.job;

import dev.paddock.contracts.lease.Progress;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** All of a job at one moment. */
public record JobFacts(
        UUID id,
        long version,
        String tenant,
        JobOrder order,
        String requestedBy,
        @Nullable UUID triggerId,
        @Nullable UUID sweepId,
        JobState state,
        int attempt,
        int maxAttempts,
        Instant createdAt,
        @Nullable Instant finishedAt,
        @Nullable Hold hold,
        @Nullable Checkpoint checkpoint,
        @Nullable Progress progress,
        @Nullable Outcome outcome,
        @Nullable Failure failure) {}
