package dev.paddock.gateway.keys;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The answer to a creation, the only place where the value is ever told. */
record CreatedKey(
        UUID id,
        String name,
        String value,
        String hint,
        Instant createdAt,
        @Nullable Instant expiresAt) {
    @Override
    public String toString() {
        return "CreatedKey[" + id + "]";
    }
}
