package dev.paddock.evaluation.run;

import dev.paddock.contracts.event.VersionRegistered;
import dev.paddock.kit.inbox.EventConsumer;
import dev.paddock.kit.inbox.EventContext;
import org.springframework.stereotype.Component;

/** A registered adapter or model is evaluated. */
@Component
class VersionConsumer implements EventConsumer<VersionRegistered> {
    private final EvaluationService service;

    VersionConsumer(EvaluationService service) {
        this.service = service;
    }

    @Override
    public Class<VersionRegistered> type() {
        return VersionRegistered.class;
    }

    @Override
    public void on(VersionRegistered event, EventContext context) {
        service.register(new ModelVersion(
                event.versionId(),
                context.tenant(),
                event.kind(),
                event.name(),
                event.digest(),
                event.baseDigest(),
                event.datasetDigest()));
    }
}
