package dev.paddock.dataset.document;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A document as the API shows it; a deleted one says when and by whom. */
public record DocumentView(
        UUID id,
        String name,
        String digest,
        String mediaType,
        long characters,
        String createdBy,
        Instant createdAt,
        @Nullable String deletedBy,
        @Nullable Instant deletedAt) {}
