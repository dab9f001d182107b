package dev.paddock.dataset.upload;

import java.time.Instant;
import java.util.UUID;

/** An upload as the API shows it. */
public record UploadView(
        UUID id, UUID datasetId, String format, int rows, String digest, String createdBy, Instant createdAt) {}
