package dev.paddock.trainingjob.order;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A version that a merging method is to read.
 *
 * @param versionId a base, model or adapter
 * @param role what the method takes it for, where it tells its sources apart
 * @param weight its share; 1 when absent
 */
public record SourceRequest(
        @Nullable UUID versionId,
        @Nullable String role,
        @Nullable Double weight) {}
