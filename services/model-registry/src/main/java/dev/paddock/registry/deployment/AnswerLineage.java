package dev.paddock.registry.deployment;

import dev.paddock.contracts.event.AnswerGiven;
import dev.paddock.kit.inbox.EventConsumer;
import dev.paddock.kit.inbox.EventContext;
import dev.paddock.registry.lineage.Lineage;
import dev.paddock.registry.lineage.NodeKind;
import dev.paddock.registry.lineage.NodeReference;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.springframework.stereotype.Component;

/** Hangs an answer on the deployment that served its model name with its version when it was opened, however often it is told. */
@Component
class AnswerLineage implements EventConsumer<AnswerGiven> {
    private final Deployments deployments;
    private final Lineage lineage;

    AnswerLineage(Deployments deployments, Lineage lineage) {
        this.deployments = deployments;
        this.lineage = lineage;
    }

    @Override
    public Class<AnswerGiven> type() {
        return AnswerGiven.class;
    }

    @Override
    public void on(AnswerGiven event, EventContext context) {
        NodeReference answer = new NodeReference(NodeKind.ANSWER, event.answerId());
        Instant opened = Objects.requireNonNullElse(event.openedAt(), context.time());
        lineage.node(context.tenant(), answer, facts(event, opened));
        NodeReference source = deployments
                .findFirstByTenantAndModelAndVersionIdAndDeployedAtLessThanEqualOrderByIdDesc(
                        context.tenant(), event.model(), event.versionId(), opened)
                .map(deployment -> NodeReference.of(NodeKind.DEPLOYMENT, deployment.id()))
                .orElseGet(() -> NodeReference.of(NodeKind.VERSION, event.versionId()));
        lineage.edge(context.tenant(), source, answer);
    }

    /** Of an answer that still runs only what its end does not change; of an interrupted one no verdict and digest of its end. */
    private static Map<String, Object> facts(AnswerGiven event, Instant opened) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("model", event.model());
        facts.put("policyId", event.policyId());
        facts.put("policyVersion", event.policyVersion());
        facts.put("inputVerdictId", event.inputVerdictId());
        facts.put("promptDigest", event.promptDigest());
        facts.put("application", event.application());
        facts.put("givenAt", opened.toString());
        if (event.ended()) {
            facts.put("finishReason", event.finishReason());
        }
        if (event.ended() && !event.interrupted()) {
            facts.put("outputVerdictId", event.outputVerdictId());
            facts.put("answerDigest", event.answerDigest());
        }
        facts.values().removeIf(Objects::isNull);
        return facts;
    }
}
