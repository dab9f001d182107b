package dev.paddock.dataset.definition;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A dataset as the API shows it; a deleted one says when and by whom. */
public record DatasetView(
        UUID id,
        String name,
        @Nullable String description,
        String createdBy,
        Instant createdAt,
        @Nullable String deletedBy,
        @Nullable Instant deletedAt) {}
