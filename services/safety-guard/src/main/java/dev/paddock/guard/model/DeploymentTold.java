package dev.paddock.guard.model;

import dev.paddock.contracts.event.DeploymentChanged;
import dev.paddock.kit.inbox.EventConsumer;
import dev.paddock.kit.inbox.EventContext;
import org.springframework.stereotype.Component;

/** What serves under a model name now. */
@Component
class DeploymentTold implements EventConsumer<DeploymentChanged> {
    private final Guards guards;

    DeploymentTold(Guards guards) {
        this.guards = guards;
    }

    @Override
    public Class<DeploymentChanged> type() {
        return DeploymentChanged.class;
    }

    @Override
    public void on(DeploymentChanged event, EventContext context) {
        guards.changeDeployment(context.tenant(), event.model(), event.versionId(), context.time());
    }
}
