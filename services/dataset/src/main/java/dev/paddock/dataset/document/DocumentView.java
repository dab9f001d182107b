package dev.paddock.dataset.document;

import java.time.Instant;
import java.util.UUID;

/** A document as the API shows it. */
public record DocumentView(
        UUID id, String name, String digest, String mediaType, long characters, String createdBy, Instant createdAt) {}
