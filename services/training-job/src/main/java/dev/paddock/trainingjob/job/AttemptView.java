package dev.paddock.trainingjob.job;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An attempt as its readers see it.
 *
 * @param error why it is {@code FAILED} or {@code LOST}
 * @param beganFrom the checkpoint of an earlier attempt that it was given
 * @param checkpoint the last one that it left
 */
public record AttemptView(
        int number,
        String workerId,
        AttemptState state,
        @Nullable Failure error,
        Instant startedAt,
        @Nullable Instant endedAt,
        @Nullable Checkpoint beganFrom,
        @Nullable Checkpoint checkpoint) {}
