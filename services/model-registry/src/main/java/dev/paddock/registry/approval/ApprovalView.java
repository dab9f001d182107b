package dev.paddock.registry.approval;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An approval request as callers see it. */
public record ApprovalView(
        UUID id,
        UUID versionId,
        String artifactDigest,
        UUID evaluationId,
        String proposer,
        @Nullable String comment,
        ApprovalState state,
        @Nullable String decidedBy,
        @Nullable String decisionComment,
        @Nullable Instant decidedAt,
        Instant createdAt) {

    static ApprovalView of(Approval approval) {
        return new ApprovalView(
                approval.id(),
                approval.versionId(),
                approval.artifactDigest(),
                approval.evaluationId(),
                approval.proposer(),
                approval.comment(),
                approval.state(),
                approval.decidedBy(),
                approval.decisionComment(),
                approval.decidedAt(),
                approval.createdAt());
    }
}
