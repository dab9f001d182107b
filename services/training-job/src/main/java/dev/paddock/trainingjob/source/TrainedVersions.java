package dev.paddock.trainingjob.source;

import dev.paddock.contracts.event.VersionRegistered;
import dev.paddock.kit.inbox.EventConsumer;
import dev.paddock.kit.inbox.EventContext;
import org.springframework.stereotype.Component;

/** Learns what jobs made: models that can be adapted further, and adapters that can be merged. */
@Component
class TrainedVersions implements EventConsumer<VersionRegistered> {
    private final BaseVersions bases;
    private final AdapterVersions adapters;

    TrainedVersions(BaseVersions bases, AdapterVersions adapters) {
        this.bases = bases;
        this.adapters = adapters;
    }

    @Override
    public Class<VersionRegistered> type() {
        return VersionRegistered.class;
    }

    @Override
    public void on(VersionRegistered event, EventContext context) {
        switch (event.kind()) {
            case "MODEL" ->
                bases.save(new BaseVersion(
                        event.versionId(), context.tenant(), event.name(), event.digest(), event.baseVersionId()));
            case "ADAPTER" ->
                adapters.save(new AdapterVersion(
                        event.versionId(),
                        context.tenant(),
                        event.name(),
                        event.digest(),
                        event.baseVersionId(),
                        event.baseDigest()));
            default -> {} // guards are not adapted further
        }
    }
}
