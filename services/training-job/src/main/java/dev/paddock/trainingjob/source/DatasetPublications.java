package dev.paddock.trainingjob.source;

import dev.paddock.contracts.event.DatasetVersionPublished;
import dev.paddock.kit.inbox.EventConsumer;
import dev.paddock.kit.inbox.EventContext;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** Learns the dataset versions that can be trained on, before any trigger looks at them. */
@Component
@Order(1)
class DatasetPublications implements EventConsumer<DatasetVersionPublished> {
    private final DatasetVersions versions;

    DatasetPublications(DatasetVersions versions) {
        this.versions = versions;
    }

    @Override
    public Class<DatasetVersionPublished> type() {
        return DatasetVersionPublished.class;
    }

    @Override
    public void on(DatasetVersionPublished event, EventContext context) {
        if (!versions.existsById(event.versionId())) {
            versions.save(new DatasetVersion(event, context.tenant()));
        }
    }
}
