package dev.paddock.registry.deployment;

import dev.paddock.registry.approval.ApprovalState;
import dev.paddock.registry.approval.Approvals;
import dev.paddock.registry.lineage.Lineage;
import dev.paddock.registry.lineage.NodeKind;
import dev.paddock.registry.lineage.NodeReference;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Draws deployments into the graph: made of a version, its base and the approval that let it serve. */
@Component
class DeploymentLineage {
    private final Lineage lineage;
    private final Approvals approvals;

    DeploymentLineage(Lineage lineage, Approvals approvals) {
        this.lineage = lineage;
        this.approvals = approvals;
    }

    void draw(Deployment deployment) {
        String tenant = deployment.tenant();
        NodeReference node = NodeReference.of(NodeKind.DEPLOYMENT, deployment.id());
        lineage.node(
                tenant,
                node,
                Map.of(
                        "model", deployment.model(),
                        "deployedBy", deployment.deployedBy(),
                        "deployedAt", deployment.deployedAt().toString()));
        lineage.edge(tenant, NodeReference.of(NodeKind.VERSION, deployment.versionId()), node);
        lineage.edge(tenant, NodeReference.of(NodeKind.VERSION, deployment.baseVersionId()), node);
        approvals
                .findFirstByTenantAndVersionIdAndStateOrderByIdDesc(
                        tenant, deployment.versionId(), ApprovalState.APPROVED)
                .ifPresent(approval -> lineage.edge(tenant, NodeReference.of(NodeKind.APPROVAL, approval.id()), node));
    }
}
