package dev.paddock.gateway.keys;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A key of an application; its value is known to its holder only, here stand its digest and last characters. */
@Entity
@SuppressWarnings("UnusedVariable") // some columns are read by queries only
class ApplicationKey {
    @Id
    private UUID id;

    private String tenant;
    private String name;
    private String digest;
    private String hint;
    private String createdBy;
    private Instant createdAt;
    private @Nullable Instant expiresAt;
    private @Nullable Instant revokedAt;
    private @Nullable String revokedBy;
    private @Nullable Instant lastUsedAt;
    private @Nullable String idempotencyKey;

    @Version
    private long lockVersion;

    @SuppressWarnings("NullAway.Init")
    protected ApplicationKey() {}

    ApplicationKey(
            UUID id,
            String tenant,
            NewKey order,
            KeyValue value,
            String createdBy,
            Instant createdAt,
            @Nullable String idempotencyKey) {
        this.id = id;
        this.tenant = tenant;
        this.name = order.name();
        this.digest = value.digest();
        this.hint = value.hint();
        this.createdBy = createdBy;
        this.createdAt = createdAt;
        this.expiresAt = order.expiresIn() == null ? null : createdAt.plus(order.expiresIn());
        this.idempotencyKey = idempotencyKey;
    }

    /** Closes the key for ever; a second time changes nothing. */
    void revoke(String by, Instant at) {
        if (revokedAt == null) {
            revokedAt = at;
            revokedBy = by;
        }
    }

    KeyState state(Instant now) {
        if (revokedAt != null) {
            return KeyState.REVOKED;
        }
        return expiresAt != null && !now.isBefore(expiresAt) ? KeyState.EXPIRED : KeyState.ACTIVE;
    }

    KeyView view(Instant now) {
        return new KeyView(
                id, name, hint, state(now), createdBy, createdAt, expiresAt, revokedAt, revokedBy, lastUsedAt);
    }

    UUID id() {
        return id;
    }

    String tenant() {
        return tenant;
    }

    String name() {
        return name;
    }

    long version() {
        return lockVersion;
    }
}
