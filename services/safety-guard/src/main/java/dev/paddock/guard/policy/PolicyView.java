package dev.paddock.guard.policy;

import dev.paddock.contracts.guard.GuardCategory;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A policy version as callers see it. */
public record PolicyView(
        UUID id,
        int version,
        String name,
        List<GuardCategory> categories,
        @Nullable UUID guardVersionId,
        double threshold,
        String publishedBy,
        Instant publishedAt) {

    static PolicyView of(PolicyVersion policy) {
        return new PolicyView(
                policy.policyId(),
                policy.version(),
                policy.name(),
                policy.categories(),
                policy.guardVersionId(),
                policy.threshold(),
                policy.publishedBy(),
                policy.publishedAt());
    }
}
