package dev.paddock.contracts.event;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An approver rejected a version. */
public record VersionRejected(
        UUID approvalId,
        UUID versionId,
        String approver,
        @Nullable String comment) implements RegistryEvent {
    @Override
    public String subject() {
        return versionId.toString();
    }
}
