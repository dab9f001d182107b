package dev.paddock.registry.version;

import dev.paddock.contracts.event.EvaluationCompleted;
import dev.paddock.kit.inbox.EventConsumer;
import dev.paddock.kit.inbox.EventContext;
import dev.paddock.registry.lineage.Lineage;
import dev.paddock.registry.lineage.NodeKind;
import dev.paddock.registry.lineage.NodeReference;
import java.util.Map;
import org.springframework.stereotype.Component;

/**
 * Keeps every evaluation; the latest that counts decides the gate of a version's own bytes, in whatever order they arrive. Any
 * other is better than none where the version has no gate yet.
 */
@Component
class EvaluationResult implements EventConsumer<EvaluationCompleted> {
    private final Versions versions;
    private final Evaluations evaluations;
    private final Lineage lineage;

    EvaluationResult(Versions versions, Evaluations evaluations, Lineage lineage) {
        this.versions = versions;
        this.evaluations = evaluations;
        this.lineage = lineage;
    }

    @Override
    public Class<EvaluationCompleted> type() {
        return EvaluationCompleted.class;
    }

    @Override
    public void on(EvaluationCompleted event, EventContext context) {
        ModelVersion version = versions.require(context.tenant(), event.versionId());
        Gate verdict = Gate.valueOf(event.verdict());
        evaluations.add(context.tenant(), event, context.time());
        if (evaluations.isLatestThatCounts(event) || version.gate() == null) {
            version.markEvaluated(event.evaluationId(), event.artifactDigest(), verdict);
        }
        NodeReference node = NodeReference.of(NodeKind.EVALUATION, event.evaluationId());
        lineage.node(
                context.tenant(),
                node,
                Map.of(
                        "verdict", verdict.name(),
                        "artifactDigest", event.artifactDigest(),
                        "scores", event.scores(),
                        "completedAt", context.time().toString()));
        lineage.edge(context.tenant(), NodeReference.of(NodeKind.VERSION, version.id()), node);
    }
}
