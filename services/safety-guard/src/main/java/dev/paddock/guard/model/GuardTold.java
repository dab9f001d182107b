package dev.paddock.guard.model;

import dev.paddock.contracts.event.VersionRegistered;
import dev.paddock.kit.inbox.EventConsumer;
import dev.paddock.kit.inbox.EventContext;
import org.springframework.stereotype.Component;

/** A guard version; other kinds judge nothing. */
@Component
class GuardTold implements EventConsumer<VersionRegistered> {
    private final Guards guards;

    GuardTold(Guards guards) {
        this.guards = guards;
    }

    @Override
    public Class<VersionRegistered> type() {
        return VersionRegistered.class;
    }

    @Override
    public void on(VersionRegistered event, EventContext context) {
        if (event.kind().equals("GUARD")) { guards.addGuard(context.tenant(), event.versionId(), event.name(), event.digest(), event.baseVersionId()); }
    }
}
