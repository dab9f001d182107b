package dev.paddock.contracts.event;

import java.util.UUID;

/** Four eyes approved a version. */
public record VersionApproved(UUID approvalId, UUID versionId, String artifactDigest, String proposer, String approver)
        implements RegistryEvent {
    @Override
    public String subject() {
        return versionId.toString();
    }
}
