package dev.paddock.registry.approval;

import static dev.paddock.registry.RegistryProblem.ALREADY_PROPOSED;
import static dev.paddock.registry.RegistryProblem.APPROVAL_VOID;
import static dev.paddock.registry.RegistryProblem.GATE_NOT_PASSED;
import static dev.paddock.registry.RegistryProblem.NOT_PENDING;
import static dev.paddock.registry.RegistryProblem.SELF_APPROVAL;

import dev.paddock.kit.ids.TimeOrderedIds;
import dev.paddock.kit.problem.ProblemException;
import dev.paddock.registry.Locks;
import dev.paddock.registry.artifact.ArtifactInspector;
import dev.paddock.registry.version.ModelVersion;
import dev.paddock.registry.version.Versions;
import java.time.Clock;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** Where versions are proposed, approved and rejected under four eyes. */
@Service
public class ApprovalDesk {
    private final Approvals approvals;
    private final Versions versions;
    private final ArtifactInspector artifacts;
    private final ApprovalRecord record;
    private final Locks locks;
    private final TimeOrderedIds ids;
    private final Clock clock;
    private final TransactionTemplate transactions;
    private final TransactionTemplate apart;

    ApprovalDesk(
            Approvals approvals,
            Versions versions,
            ArtifactInspector artifacts,
            ApprovalRecord record,
            Locks locks,
            TimeOrderedIds ids,
            Clock clock,
            PlatformTransactionManager transactions) {
        this.approvals = approvals;
        this.versions = versions;
        this.artifacts = artifacts;
        this.record = record;
        this.locks = locks;
        this.ids = ids;
        this.clock = clock;
        this.transactions = new TransactionTemplate(transactions);
        this.apart = new TransactionTemplate(transactions);
        this.apart.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
    }

    /** Binds a request to the version's bytes and to the evaluation that they passed. */
    public Approval propose(String tenant, String proposer, UUID versionId, @Nullable String comment) {
        return inTransaction(() -> {
            locks.take("approval", tenant, versionId.toString());
            ModelVersion version = versions.require(tenant, versionId);
            requirePassed(version);
            requireNotProposed(version);
            Approval approval = approvals.save(
                    new Approval(ids.next(), tenant, evidence(version), proposer, comment, clock.instant()));
            record.requested(approval);
            return approval;
        });
    }

    /** Reads every byte again; a request whose bytes or evaluation have changed becomes VOID and approves nothing. */
    public Approval approve(String tenant, String approver, UUID id, @Nullable String comment) {
        Approval asked = approvals.require(tenant, id);
        requireDecidable(asked, approver);
        Optional<String> fault = artifacts.fault(asked.artifactDigest());
        voidIfChanged(asked, approver, fault);
        return inTransaction(() -> {
            Approval approval = locked(asked);
            requireDecidable(approval, approver);
            ModelVersion version = versions.require(tenant, approval.versionId());
            staleness(approval, version).ifPresent(ApprovalDesk::refuseVoid);
            approval.markApproved(approver, comment, clock.instant());
            version.markApproved();
            record.approved(approval);
            return approval;
        });
    }

    /** Stays on record although the caller gets a problem: it commits before that. */
    private void voidIfChanged(Approval asked, String approver, Optional<String> fault) {
        Optional<String> reason = apart.execute(status -> {
            Approval approval = locked(asked);
            requireDecidable(approval, approver);
            Optional<String> found =
                    fault.or(() -> staleness(approval, versions.require(asked.tenant(), asked.versionId())));
            found.ifPresent(why -> {
                approval.markVoid(approver, why, clock.instant());
                record.voided(approval);
            });
            return found;
        });
        Objects.requireNonNull(reason).ifPresent(ApprovalDesk::refuseVoid);
    }

    private static void refuseVoid(String reason) {
        throw new ProblemException(
                APPROVAL_VOID, "nothing was approved, since " + reason + ": train or evaluate again and propose anew");
    }

    public Approval reject(String tenant, String approver, UUID id, @Nullable String comment) {
        return inTransaction(() -> {
            Approval approval = locked(approvals.require(tenant, id));
            requireDecidable(approval, approver);
            approval.markRejected(approver, comment, clock.instant());
            versions.require(tenant, approval.versionId()).markRejected();
            record.rejected(approval);
            return approval;
        });
    }

    /** The request as it stands once nobody else works on its version. */
    private Approval locked(Approval asked) {
        locks.take("approval", asked.tenant(), asked.versionId().toString());
        return approvals.require(asked.tenant(), asked.id());
    }

    private static Optional<String> staleness(Approval approval, ModelVersion version) {
        boolean same = version.mayBeProposed() && evidence(version).equals(evidence(approval));
        return same
                ? Optional.empty()
                : Optional.of("the version is %s with gate %s by evaluation %s, no longer that of the request"
                        .formatted(version.state(), version.gate(), version.evaluationId()));
    }

    private static Evidence evidence(ModelVersion version) {
        return new Evidence(version.id(), version.digest(), Objects.requireNonNull(version.evaluationId()));
    }

    private static Evidence evidence(Approval approval) {
        return new Evidence(approval.versionId(), approval.artifactDigest(), approval.evaluationId());
    }

    private static void requirePassed(ModelVersion version) {
        if (!version.kind().made()) {
            throw ProblemException.invalid(
                    "versionId",
                    version.id(),
                    "must be an ADAPTER or a MODEL; a " + version.kind() + " is on record by its import");
        }
        if (!version.mayBeProposed()) {
            throw new ProblemException(
                    GATE_NOT_PASSED,
                    "version %s is %s with gate %s: only one whose evaluation says PASS can be proposed"
                            .formatted(version.id(), version.state(), version.gate()));
        }
    }

    private void requireNotProposed(ModelVersion version) {
        approvals
                .findFirstByTenantAndVersionIdAndStateOrderByIdDesc(
                        version.tenant(), version.id(), ApprovalState.PENDING)
                .ifPresent(pending -> {
                    throw new ProblemException(
                            ALREADY_PROPOSED,
                            "version %s is proposed by approval %s: decide that one"
                                    .formatted(version.id(), pending.id()));
                });
    }

    private static void requireDecidable(Approval approval, String approver) {
        if (approval.isProposedBy(approver)) {
            throw new ProblemException(
                    SELF_APPROVAL,
                    "%s proposed approval %s: another person must decide".formatted(approver, approval.id()));
        }
        if (!approval.isPending()) {
            throw new ProblemException(
                    NOT_PENDING,
                    "approval %s is %s by %s: propose the version again"
                            .formatted(approval.id(), approval.state(), approval.decidedBy()));
        }
    }

    private Approval inTransaction(Supplier<Approval> work) {
        return Objects.requireNonNull(transactions.execute(status -> work.get()));
    }
}
