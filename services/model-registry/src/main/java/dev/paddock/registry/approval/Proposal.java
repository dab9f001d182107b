package dev.paddock.registry.approval;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Asks for a version's approval. */
record Proposal(
        @NotNull UUID versionId,
        @Nullable @Size(max = 4_000) String comment) {}
