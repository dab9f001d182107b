package dev.paddock.registry.lineage;

import dev.paddock.contracts.event.DatasetVersionPublished;
import dev.paddock.kit.inbox.EventConsumer;
import dev.paddock.kit.inbox.EventContext;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Draws a dataset version with the documents and uploads that it was made of; its rows stay with dataset. */
@Component
class DatasetLineage implements EventConsumer<DatasetVersionPublished> {
    private final Lineage lineage;

    DatasetLineage(Lineage lineage) {
        this.lineage = lineage;
    }

    @Override
    public Class<DatasetVersionPublished> type() {
        return DatasetVersionPublished.class;
    }

    @Override
    public void on(DatasetVersionPublished event, EventContext context) {
        String tenant = context.tenant();
        NodeReference node = NodeReference.of(NodeKind.DATASET_VERSION, event.versionId());
        lineage.node(
                tenant,
                node,
                Map.of(
                        "datasetId", event.datasetId(),
                        "dataset", event.datasetName(),
                        "number", event.number(),
                        "digest", event.digest(),
                        "recipe", event.recipe(),
                        "parameters", event.parameters(),
                        "trainRows", event.trainRows(),
                        "testRows", event.testRows(),
                        "createdBy", event.createdBy(),
                        "publishedAt", context.time().toString()));
        event.documentIds().forEach(id -> lineage.edge(tenant, NodeReference.of(NodeKind.DOCUMENT, id), node));
        event.uploadIds().forEach(id -> lineage.edge(tenant, NodeReference.of(NodeKind.UPLOAD, id), node));
    }
}
