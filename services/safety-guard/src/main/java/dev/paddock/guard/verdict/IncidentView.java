package dev.paddock.guard.verdict;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An unsafe text (occurrences 1, with its verdict), or all the times in an hour that a verdict was not to be had. */
public record IncidentView(
        UUID id,
        IncidentKind kind,
        @Nullable UUID verdictId,
        String detail,
        long occurrences,
        Instant firstAt,
        Instant lastAt) {}
