package dev.paddock.registry.version;

import jakarta.persistence.Column;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A base, adapter, guard or whole model: an artifact's digest, where it came from and how far it has come. */
@Entity
@Table(name = "model_version")
public class ModelVersion {
    @Id
    private UUID id;

    private String tenant;

    @Enumerated(EnumType.STRING)
    private VersionKind kind;

    private String name;
    private String digest;

    @Enumerated(EnumType.STRING)
    private VersionState state;

    @Embedded
    private Origin origin;

    private @Nullable UUID evaluationId;

    @Enumerated(EnumType.STRING)
    private @Nullable Gate gate;

    private String createdBy;
    private Instant createdAt;

    @Version
    @Column(name = "lock_version")
    private long lockVersion;

    @SuppressWarnings("NullAway.Init")
    protected ModelVersion() {}

    ModelVersion(NewVersion created, UUID id, String tenant, Instant createdAt) {
        this.id = id;
        this.tenant = tenant;
        this.kind = created.kind();
        this.name = created.name();
        this.digest = created.digest();
        this.state = kind.made() ? VersionState.CANDIDATE : VersionState.IMPORTED;
        this.origin = created.origin();
        this.createdBy = created.createdBy();
        this.createdAt = createdAt;
    }

    /** A newer evaluation of exactly these bytes counts from now on; one of other bytes changes nothing. */
    public void markEvaluated(UUID evaluation, String evaluatedDigest, Gate verdict) {
        if (!digest.equals(evaluatedDigest)) {
            return;
        }
        evaluationId = evaluation;
        gate = verdict;
        if (state == VersionState.CANDIDATE || state == VersionState.REJECTED) {
            state = VersionState.EVALUATED;
        }
    }

    public void markApproved() {
        if (!mayBeProposed()) {
            throw new IllegalStateException("version " + id + " is " + state + " with gate " + gate);
        }
        state = VersionState.APPROVED;
    }

    public void markRejected() {
        state = VersionState.REJECTED;
    }

    /** Evaluated as it is, and passed. */
    public boolean mayBeProposed() {
        return state == VersionState.EVALUATED && gate == Gate.PASS;
    }

    /** Approved, or on record as an import. */
    public boolean mayBeDeployed() {
        return state == VersionState.APPROVED || state == VersionState.IMPORTED;
    }

    /** The whole model that this version runs on; one that is a whole model runs on itself. */
    public UUID ownBaseVersionId() {
        return kind.whole() ? id : Objects.requireNonNull(origin.baseVersionId());
    }

    public UUID id() {
        return id;
    }

    public String tenant() {
        return tenant;
    }

    public VersionKind kind() {
        return kind;
    }

    public String name() {
        return name;
    }

    public String digest() {
        return digest;
    }

    public VersionState state() {
        return state;
    }

    public Origin origin() {
        return origin;
    }

    public @Nullable UUID evaluationId() {
        return evaluationId;
    }

    public @Nullable Gate gate() {
        return gate;
    }

    public String createdBy() {
        return createdBy;
    }

    public Instant createdAt() {
        return createdAt;
    }

    public long lockVersion() {
        return lockVersion;
    }
}
