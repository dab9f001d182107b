package dev.paddock.registry.approval;

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

/** A request to approve one version as it is: these bytes, this evaluation; decided by another person than the proposer. */
@Entity
@Table(name = "approval")
public class Approval {
    @Id
    private UUID id;

    private String tenant;
    private UUID versionId;
    private String artifactDigest;
    private UUID evaluationId;
    private String proposer;
    private @Nullable String comment;

    @Enumerated(EnumType.STRING)
    private ApprovalState state;

    private @Nullable String decidedBy;
    private @Nullable String decisionComment;
    private @Nullable Instant decidedAt;
    private Instant createdAt;

    @Version
    @Column(name = "lock_version")
    private long lockVersion;

    @SuppressWarnings("NullAway.Init")
    protected Approval() {}

    Approval(UUID id, String tenant, Evidence evidence, String proposer, @Nullable String comment, Instant createdAt) {
        this.id = id;
        this.tenant = tenant;
        this.versionId = evidence.versionId();
        this.artifactDigest = evidence.artifactDigest();
        this.evaluationId = evidence.evaluationId();
        this.proposer = proposer;
        this.comment = comment;
        this.state = ApprovalState.PENDING;
        this.createdAt = createdAt;
    }

    void markApproved(String approver, @Nullable String why, Instant now) {
        decide(ApprovalState.APPROVED, approver, why, now);
    }

    void markRejected(String approver, @Nullable String why, Instant now) {
        decide(ApprovalState.REJECTED, approver, why, now);
    }

    /** The bytes or the evaluation are no longer those of the request. */
    void markVoid(String noticedBy, String why, Instant now) {
        settle(ApprovalState.VOID, noticedBy, why, now);
    }

    boolean isPending() {
        return state == ApprovalState.PENDING;
    }

    boolean isProposedBy(String person) {
        return proposer.equals(person);
    }

    private void decide(ApprovalState decision, String person, @Nullable String why, Instant now) {
        if (isProposedBy(person)) {
            throw new IllegalStateException("four eyes: " + person + " proposed " + id);
        }
        settle(decision, person, why, now);
    }

    private void settle(ApprovalState end, String person, @Nullable String why, Instant now) {
        if (!isPending()) {
            throw new IllegalStateException("approval " + id + " is " + state);
        }
        state = end;
        decidedBy = person;
        decisionComment = why;
        decidedAt = now;
    }

    public UUID id() {
        return id;
    }

    public String tenant() {
        return tenant;
    }

    public UUID versionId() {
        return versionId;
    }

    public String artifactDigest() {
        return artifactDigest;
    }

    public UUID evaluationId() {
        return evaluationId;
    }

    public String proposer() {
        return proposer;
    }

    public @Nullable String comment() {
        return comment;
    }

    public ApprovalState state() {
        return state;
    }

    public @Nullable String decidedBy() {
        return decidedBy;
    }

    public @Nullable String decisionComment() {
        return decisionComment;
    }

    public @Nullable Instant decidedAt() {
        return decidedAt;
    }

    public Instant createdAt() {
        return createdAt;
    }

    public long lockVersion() {
        return lockVersion;
    }
}
