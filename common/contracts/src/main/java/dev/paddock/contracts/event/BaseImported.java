package dev.paddock.contracts.event;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A base model was imported on record by a platform engineer. */
public record BaseImported(
        UUID versionId,
        String name,
        String digest,
        String format,
        String source,
        @Nullable String licence,
        String importedBy)
        implements RegistryEvent {
    @Override
    public String subject() {
        return versionId.toString();
    }
}
