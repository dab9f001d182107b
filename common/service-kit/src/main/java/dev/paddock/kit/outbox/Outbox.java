package dev.paddock.kit.outbox;

import dev.paddock.contracts.event.CloudEvent;
import dev.paddock.contracts.event.CloudEvents;
import dev.paddock.contracts.event.Event;
import dev.paddock.kit.ids.TimeOrderedIds;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Events on their way out. {@link #publish} writes into the caller's transaction; the relay sends after the commit.
 * Publishers of the same key wait for each other's commit, so that positions have the order of the facts.
 */
public class Outbox {
    private final JdbcClient jdbc;
    private final TimeOrderedIds ids;
    private final Clock clock;
    private final String service;
    private final RelaySignal signal;

    Outbox(JdbcClient jdbc, TimeOrderedIds ids, Clock clock, String service, RelaySignal signal) {
        this.jdbc = jdbc;
        this.ids = ids;
        this.clock = clock;
        this.service = service;
        this.signal = signal;
    }

    /**
     * Tells the other services a fact of {@code tenant}, if and only if the current transaction commits.
     *
     * @throws IllegalStateException outside a transaction
     */
    public UUID publish(String tenant, Event event) {
        UUID id = ids.next();
        CloudEvent envelope = CloudEvents.wrap(event, service, tenant, id, clock.instant());
        send(id, tenant, event.topic(), event.subject(), CloudEvents.write(envelope));
        return id;
    }

    /** Sends a ready payload, for example a dead letter to its topic. */
    public void send(UUID id, String tenant, String topic, String key, String payload) {
        if (!TransactionSynchronizationManager.isActualTransactionActive()) {
            throw new IllegalStateException("events are published inside the transaction of their effect");
        }
        jdbc.sql("SELECT pg_advisory_xact_lock(hashtextextended(:topic || ' ' || :key, 1))")
                .param("topic", topic)
                .param("key", key)
                .query((row, number) -> number)
                .list();
        jdbc.sql("INSERT INTO outbox (id, tenant, topic, key, payload, created_at)"
                        + " VALUES (:id, :tenant, :topic, :key, :payload, :now)")
                .param("id", id)
                .param("tenant", tenant)
                .param("topic", topic)
                .param("key", key)
                .param("payload", payload)
                .param("now", Timestamp.from(clock.instant()))
                .update();
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                signal.raise();
            }
        });
    }
}
