package dev.paddock.registry.deployment;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One act of deploying a version under a model name; a later one supersedes it, a rollback goes to the one before it. */
@Entity
@Table(name = "deployment")
public class Deployment {
    @Id
    private UUID id;

    private String tenant;
    private String model;
    private UUID versionId;
    private UUID baseVersionId;
    private @Nullable UUID policyId;

    @Enumerated(EnumType.STRING)
    private DeploymentState state;

    private @Nullable UUID previousId;
    private String deployedBy;
    private Instant deployedAt;
    private @Nullable String endedBy;
    private @Nullable Instant endedAt;

    @Version
    @Column(name = "lock_version")
    private long lockVersion;

    @SuppressWarnings("NullAway.Init")
    protected Deployment() {}

    Deployment(UUID id, String tenant, Placement placement, @Nullable UUID previousId, String deployedBy, Instant now) {
        this.id = id;
        this.tenant = tenant;
        this.model = placement.model();
        this.versionId = placement.versionId();
        this.baseVersionId = placement.baseVersionId();
        this.policyId = placement.policyId();
        this.state = DeploymentState.LIVE;
        this.previousId = previousId;
        this.deployedBy = deployedBy;
        this.deployedAt = now;
    }

    void markSuperseded(String person, Instant now) {
        end(DeploymentState.SUPERSEDED, person, now);
    }

    void markRolledBack(String person, Instant now) {
        end(DeploymentState.ROLLED_BACK, person, now);
    }

    void markUndeployed(String person, Instant now) {
        end(DeploymentState.UNDEPLOYED, person, now);
    }

    private void end(DeploymentState how, String person, Instant now) {
        if (!isLive()) {
            throw new IllegalStateException("deployment " + id + " is " + state);
        }
        state = how;
        endedBy = person;
        endedAt = now;
    }

    boolean isLive() {
        return state == DeploymentState.LIVE;
    }

    /** Whether both serve the same version on the same base. */
    boolean sameModel(Deployment other) {
        return versionId.equals(other.versionId) && baseVersionId.equals(other.baseVersionId);
    }

    Placement placement() {
        return new Placement(model, versionId, baseVersionId, policyId);
    }

    public UUID id() {
        return id;
    }

    public String tenant() {
        return tenant;
    }

    public String model() {
        return model;
    }

    public UUID versionId() {
        return versionId;
    }

    public UUID baseVersionId() {
        return baseVersionId;
    }

    public @Nullable UUID policyId() {
        return policyId;
    }

    public DeploymentState state() {
        return state;
    }

    public @Nullable UUID previousId() {
        return previousId;
    }

    public String deployedBy() {
        return deployedBy;
    }

    public Instant deployedAt() {
        return deployedAt;
    }

    public @Nullable String endedBy() {
        return endedBy;
    }

    public @Nullable Instant endedAt() {
        return endedAt;
    }

    public long lockVersion() {
        return lockVersion;
    }
}
