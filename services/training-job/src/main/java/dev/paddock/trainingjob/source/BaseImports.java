package dev.paddock.trainingjob.source;

import dev.paddock.contracts.event.BaseImported;
import dev.paddock.kit.inbox.EventConsumer;
import dev.paddock.kit.inbox.EventContext;
import org.springframework.stereotype.Component;

/** Learns the base models that can be adapted. */
@Component
class BaseImports implements EventConsumer<BaseImported> {
    private final BaseVersions bases;

    BaseImports(BaseVersions bases) {
        this.bases = bases;
    }

    @Override
    public Class<BaseImported> type() {
        return BaseImported.class;
    }

    @Override
    public void on(BaseImported event, EventContext context) {
        bases.save(new BaseVersion(event.versionId(), context.tenant(), event.name(), event.digest(), null));
    }
}
