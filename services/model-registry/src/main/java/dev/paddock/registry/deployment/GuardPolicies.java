package dev.paddock.registry.deployment;

import dev.paddock.contracts.event.PolicyPublished;
import dev.paddock.kit.inbox.EventConsumer;
import dev.paddock.kit.inbox.EventContext;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The guard policies that safety-guard has published. */
@Component
class GuardPolicies implements EventConsumer<PolicyPublished> {
    private final JdbcClient database;

    GuardPolicies(JdbcClient database) {
        this.database = database;
    }

    @Override
    public Class<PolicyPublished> type() {
        return PolicyPublished.class;
    }

    @Override
    public void on(PolicyPublished event, EventContext context) {
        database.sql("INSERT INTO guard_policy (tenant, id) VALUES (?, ?) ON CONFLICT DO NOTHING")
                .params(context.tenant(), event.policyId())
                .update();
    }

    boolean knows(String tenant, UUID id) {
        return database.sql("SELECT count(*) FROM guard_policy WHERE tenant = ? AND id = ?")
                        .params(tenant, id)
                        .query(Integer.class)
                        .single()
                > 0;
    }
}
