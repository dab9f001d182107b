package dev.paddock.registry.compatible;

import jakarta.persistence.Column;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A measured claim that adapters trained on one base digest serve on another base; it counts once another person approved it. */
@Entity
@Table(name = "compatible_base")
public class CompatibleBase {
    @Id
    private UUID id;

    private String tenant;
    private String trainedOnDigest;
    private UUID baseVersionId;

    @Embedded
    private Measurement measurement;

    @Enumerated(EnumType.STRING)
    private CompatibleState state;

    private String registeredBy;
    private Instant createdAt;
    private @Nullable String decidedBy;
    private @Nullable Instant decidedAt;

    @Version
    @Column(name = "lock_version")
    private long lockVersion;

    @SuppressWarnings("NullAway.Init")
    protected CompatibleBase() {}

    CompatibleBase(UUID id, String tenant, Claim claim, String registeredBy, Instant createdAt) {
        this.id = id;
        this.tenant = tenant;
        this.trainedOnDigest = claim.trainedOnDigest();
        this.baseVersionId = claim.baseVersionId();
        this.measurement = claim.measurement();
        this.state = CompatibleState.PENDING;
        this.registeredBy = registeredBy;
        this.createdAt = createdAt;
    }

    void markDecided(CompatibleState decision, String person, Instant now) {
        if (!isPending() || isRegisteredBy(person)) {
            throw new IllegalStateException(
                    "compatible base " + id + " is " + state + ", registered by " + registeredBy);
        }
        state = decision;
        decidedBy = person;
        decidedAt = now;
    }

    boolean isPending() {
        return state == CompatibleState.PENDING;
    }

    boolean isRegisteredBy(String person) {
        return registeredBy.equals(person);
    }

    public UUID id() {
        return id;
    }

    public String tenant() {
        return tenant;
    }

    public String trainedOnDigest() {
        return trainedOnDigest;
    }

    public UUID baseVersionId() {
        return baseVersionId;
    }

    public Measurement measurement() {
        return measurement;
    }

    public CompatibleState state() {
        return state;
    }

    public String registeredBy() {
        return registeredBy;
    }

    public Instant createdAt() {
        return createdAt;
    }

    public @Nullable String decidedBy() {
        return decidedBy;
    }

    public @Nullable Instant decidedAt() {
        return decidedAt;
    }

    public long lockVersion() {
        return lockVersion;
    }
}
