package dev.paddock.contracts.event;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A guard policy has a new version. */
public record PolicyPublished(
        UUID policyId, int version, String name, @Nullable UUID guardVersionId, String publishedBy)
        implements GuardEvent {
    @Override
    public String subject() {
        return policyId.toString();
    }
}
