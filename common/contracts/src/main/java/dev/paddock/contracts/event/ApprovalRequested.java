package dev.paddock.contracts.event;

import java.util.UUID;

/** A version was proposed for approval, bound to its digest and evaluation. */
public record ApprovalRequested(
        UUID approvalId, UUID versionId, String artifactDigest, UUID evaluationId, String proposer)
        implements RegistryEvent {
    @Override
    public String subject() {
        return versionId.toString();
    }
}
