package dev.paddock.registry.approval;

import dev.paddock.contracts.event.ApprovalRequested;
import dev.paddock.contracts.event.VersionApproved;
import dev.paddock.contracts.event.VersionRejected;
import dev.paddock.kit.outbox.Outbox;
import dev.paddock.registry.lineage.Lineage;
import dev.paddock.registry.lineage.NodeKind;
import dev.paddock.registry.lineage.NodeReference;
import dev.paddock.registry.log.ApprovalLog;
import dev.paddock.registry.log.LogAction;
import dev.paddock.registry.log.LogSubject;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.springframework.stereotype.Component;

/** Leaves the traces of every step of an approval: in the log, in the graph and as an event. */
@Component
class ApprovalRecord {
    private final ApprovalLog log;
    private final Lineage lineage;
    private final Outbox outbox;

    ApprovalRecord(ApprovalLog log, Lineage lineage, Outbox outbox) {
        this.log = log;
        this.lineage = lineage;
        this.outbox = outbox;
    }

    void requested(Approval approval) {
        write(approval, approval.proposer(), LogAction.APPROVAL_REQUESTED);
        NodeReference node = NodeReference.of(NodeKind.APPROVAL, approval.id());
        lineage.edge(approval.tenant(), NodeReference.of(NodeKind.EVALUATION, approval.evaluationId()), node);
        lineage.edge(approval.tenant(), NodeReference.of(NodeKind.VERSION, approval.versionId()), node);
        outbox.publish(
                approval.tenant(),
                new ApprovalRequested(
                        approval.id(),
                        approval.versionId(),
                        approval.artifactDigest(),
                        approval.evaluationId(),
                        approval.proposer()));
    }

    void approved(Approval approval) {
        String approver = decider(approval);
        write(approval, approver, LogAction.VERSION_APPROVED);
        outbox.publish(
                approval.tenant(),
                new VersionApproved(
                        approval.id(), approval.versionId(), approval.artifactDigest(), approval.proposer(), approver));
    }

    void rejected(Approval approval) {
        write(approval, decider(approval), LogAction.VERSION_REJECTED);
        outbox.publish(
                approval.tenant(),
                new VersionRejected(
                        approval.id(), approval.versionId(), decider(approval), approval.decisionComment()));
    }

    void voided(Approval approval) {
        write(approval, decider(approval), LogAction.APPROVAL_VOIDED);
    }

    private void write(Approval approval, String actor, LogAction action) {
        Map<String, String> facts = new TreeMap<>(Map.of(
                "versionId", approval.versionId().toString(),
                "artifactDigest", approval.artifactDigest(),
                "evaluationId", approval.evaluationId().toString(),
                "proposer", approval.proposer(),
                "state", approval.state().name()));
        String comment = approval.isPending() ? approval.comment() : approval.decisionComment();
        if (comment != null) {
            facts.put("comment", comment);
        }
        log.append(
                approval.tenant(),
                actor,
                action,
                new LogSubject("approval", approval.id().toString(), facts));
        lineage.node(approval.tenant(), NodeReference.of(NodeKind.APPROVAL, approval.id()), graphFacts(approval));
    }

    private static Map<String, String> graphFacts(Approval approval) {
        return approval.decidedBy() == null
                ? Map.of("state", approval.state().name(), "proposer", approval.proposer())
                : Map.of(
                        "state", approval.state().name(),
                        "proposer", approval.proposer(),
                        "decidedBy", decider(approval));
    }

    private static String decider(Approval approval) {
        return Objects.requireNonNull(approval.decidedBy());
    }
}
