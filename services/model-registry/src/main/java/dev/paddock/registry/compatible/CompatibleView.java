package dev.paddock.registry.compatible;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A compatible-base record as callers see it. */
public record CompatibleView(
        UUID id,
        String trainedOnDigest,
        UUID baseVersionId,
        Measurement measurement,
        CompatibleState state,
        String registeredBy,
        Instant createdAt,
        @Nullable String decidedBy,
        @Nullable Instant decidedAt) {

    static CompatibleView of(CompatibleBase record) {
        return new CompatibleView(
                record.id(),
                record.trainedOnDigest(),
                record.baseVersionId(),
                record.measurement(),
                record.state(),
                record.registeredBy(),
                record.createdAt(),
                record.decidedBy(),
                record.decidedAt());
    }
}
