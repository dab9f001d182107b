package dev.paddock.guard.model;

import dev.paddock.contracts.event.BaseImported;
import dev.paddock.kit.inbox.EventConsumer;
import dev.paddock.kit.inbox.EventContext;
import org.springframework.stereotype.Component;

/** A base that guards may run on. */
@Component
class BaseTold implements EventConsumer<BaseImported> {
    private final Guards guards;

    BaseTold(Guards guards) {
        this.guards = guards;
    }

    @Override
    public Class<BaseImported> type() {
        return BaseImported.class;
    }

    @Override
    public void on(BaseImported event, EventContext context) {
        guards.addBase(context.tenant(), event.versionId(), event.digest());
    }
}
