package dev.paddock.registry.lineage;

import dev.paddock.contracts.event.TrainingRequested;
import dev.paddock.kit.inbox.EventConsumer;
import dev.paddock.kit.inbox.EventContext;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Draws a job from the moment that it is asked for: the base and the data that it is to be made of. */
@Component
class JobRequestLineage implements EventConsumer<TrainingRequested> {
    private final Lineage lineage;

    JobRequestLineage(Lineage lineage) {
        this.lineage = lineage;
    }

    @Override
    public Class<TrainingRequested> type() {
        return TrainingRequested.class;
    }

    @Override
    public void on(TrainingRequested event, EventContext context) {
        String tenant = context.tenant();
        NodeReference job = NodeReference.of(NodeKind.JOB, event.jobId());
        lineage.node(
                tenant,
                job,
                Map.of(
                        "name", event.name(),
                        "method", event.method(),
                        "requestedBy", event.requestedBy(),
                        "requestedAt", context.time().toString()));
        MergeSources.of(event.baseVersionId(), event.sources(), event.datasetVersionId())
                .draw(lineage, tenant, job);
    }
}
