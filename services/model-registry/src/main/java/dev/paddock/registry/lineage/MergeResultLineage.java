package dev.paddock.registry.lineage;

import dev.paddock.contracts.event.MergeCompleted;
import dev.paddock.kit.inbox.EventConsumer;
import dev.paddock.kit.inbox.EventContext;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.springframework.stereotype.Component;

/** Adds to a merging job what is needed to repeat it: its sources by digest, roles and weights among them. */
@Component
class MergeResultLineage implements EventConsumer<MergeCompleted> {
    private final Lineage lineage;

    MergeResultLineage(Lineage lineage) {
        this.lineage = lineage;
    }

    @Override
    public Class<MergeCompleted> type() {
        return MergeCompleted.class;
    }

    @Override
    public void on(MergeCompleted event, EventContext context) {
        NodeReference job = NodeReference.of(NodeKind.JOB, event.jobId());
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("name", event.name());
        facts.put("method", event.method());
        facts.put("parameters", event.parameters());
        facts.put("seed", event.seed());
        facts.put("codeVersion", event.codeVersion());
        facts.put("environment", event.environment());
        facts.put("baseDigest", event.baseDigest());
        facts.put("sources", event.sources());
        facts.put("datasetDigest", event.datasetDigest());
        facts.put("seconds", event.seconds());
        facts.put("completedAt", context.time().toString());
        facts.values().removeIf(Objects::isNull);
        lineage.node(context.tenant(), job, facts);
        new MergeSources(event.baseVersionId(), event.sources(), event.datasetVersionId())
                .draw(lineage, context.tenant(), job);
    }
}
