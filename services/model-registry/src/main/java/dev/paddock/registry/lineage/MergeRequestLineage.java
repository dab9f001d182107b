package dev.paddock.registry.lineage;

import dev.paddock.contracts.event.MergeRequested;
import dev.paddock.kit.inbox.EventConsumer;
import dev.paddock.kit.inbox.EventContext;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Draws a merging job from the moment that it is asked for: every version that it reads leads to it. */
@Component
class MergeRequestLineage implements EventConsumer<MergeRequested> {
    private final Lineage lineage;

    MergeRequestLineage(Lineage lineage) {
        this.lineage = lineage;
    }

    @Override
    public Class<MergeRequested> type() {
        return MergeRequested.class;
    }

    @Override
    public void on(MergeRequested event, EventContext context) {
        NodeReference job = NodeReference.of(NodeKind.JOB, event.jobId());
        lineage.node(
                context.tenant(),
                job,
                Map.of(
                        "name", event.name(),
                        "method", event.method(),
                        "requestedBy", event.requestedBy(),
                        "requestedAt", context.time().toString()));
        new MergeSources(event.baseVersionId(), event.sources(), event.datasetVersionId())
                .draw(lineage, context.tenant(), job);
    }
}
