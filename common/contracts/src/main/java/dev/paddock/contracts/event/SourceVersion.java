package dev.paddock.contracts.event;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A version whose weights a merging job reads.
 *
 * @param kind {@code BASE} or {@code MODEL} for a whole model, {@code ADAPTER} for one that is merged into its base first
 * @param digest of the version's artifact
 * @param baseDigest the whole model that an adapter sits on; null for a whole model
 * @param role what the method takes it for, where the method tells its sources apart
 * @param weight its share; 1 unless ordered otherwise
 */
public record SourceVersion(
        UUID versionId,
        String kind,
        String digest,
        @Nullable String baseDigest,
        @Nullable String role,
        double weight) {}
