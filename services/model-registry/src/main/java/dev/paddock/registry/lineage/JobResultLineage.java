package dev.paddock.registry.lineage;

import dev.paddock.contracts.event.TrainingCompleted;
import dev.paddock.kit.inbox.EventConsumer;
import dev.paddock.kit.inbox.EventContext;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.springframework.stereotype.Component;

/** Adds to a job what is needed to repeat it, and what was measured. */
@Component
class JobResultLineage implements EventConsumer<TrainingCompleted> {
    private final Lineage lineage;

    JobResultLineage(Lineage lineage) {
        this.lineage = lineage;
    }

    @Override
    public Class<TrainingCompleted> type() {
        return TrainingCompleted.class;
    }

    @Override
    public void on(TrainingCompleted event, EventContext context) {
        String tenant = context.tenant();
        NodeReference job = NodeReference.of(NodeKind.JOB, event.jobId());
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("name", event.name());
        facts.put("method", event.method());
        facts.put("adapter", event.adapter());
        facts.put("objective", event.objective());
        facts.put("parameters", event.parameters());
        facts.put("seed", event.seed());
        facts.put("codeVersion", event.codeVersion());
        facts.put("environment", event.environment());
        facts.put("baseDigest", event.baseDigest());
        facts.put("datasetDigest", event.datasetDigest());
        facts.put("measurements", event.measurements());
        facts.put("sources", event.sources());
        facts.put("completedAt", context.time().toString());
        facts.values().removeIf(Objects::isNull);
        lineage.node(tenant, job, facts);
        MergeSources.of(event.baseVersionId(), event.sources(), event.datasetVersionId())
                .draw(lineage, tenant, job);
    }
}
