package dev.paddock.registry.lineage;

import dev.paddock.contracts.event.TrainingCompleted;
import dev.paddock.kit.inbox.EventConsumer;
import dev.paddock.kit.inbox.EventContext;
import java.util.LinkedHashMap;
import java.util.Map;
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
        Map<String, Object> facts = new LinkedHashMap<>(Map.ofEntries(
                Map.entry("name", event.name()),
                Map.entry("method", event.method()),
                Map.entry("adapter", event.adapter()),
                Map.entry("objective", event.objective()),
                Map.entry("parameters", event.parameters()),
                Map.entry("seed", event.seed()),
                Map.entry("codeVersion", event.codeVersion()),
                Map.entry("baseDigest", event.baseDigest()),
                Map.entry("datasetDigest", event.datasetDigest()),
                Map.entry("measurements", event.measurements()),
                Map.entry("completedAt", context.time().toString())));
        if (event.sources() != null) {
            facts.put("sources", event.sources());
        }
        lineage.node(tenant, job, facts);
        MergeSources.of(event.baseVersionId(), event.sources(), event.datasetVersionId())
                .draw(lineage, tenant, job);
    }
}
