package dev.paddock.kit.inbox;

import dev.paddock.contracts.event.CloudEvent;
import dev.paddock.contracts.event.MalformedEventException;
import dev.paddock.kit.ids.TimeOrderedIds;
import dev.paddock.kit.outbox.Outbox;
import dev.paddock.kit.paging.PageQuery;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Messages that could not take effect, in the service's own schema; a copy goes to {@code <topic>.dead.<service>}. */
public class DeadLetters {
    /** Owner of messages that are too broken to name a tenant. */
    static final String OPERATOR = "default";

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final Outbox outbox;
    private final TimeOrderedIds ids;
    private final Clock clock;
    private final String service;

    DeadLetters(
            JdbcClient jdbc,
            TransactionTemplate transaction,
            Outbox outbox,
            TimeOrderedIds ids,
            Clock clock,
            String service) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.outbox = outbox;
        this.ids = ids;
        this.clock = clock;
        this.service = service;
    }

    void store(String topic, @Nullable String key, @Nullable String payload, Throwable cause) {
        Optional<CloudEvent> envelope = envelope(payload);
        String tenant = envelope.map(CloudEvent::tenant).orElse(OPERATOR);
        UUID id = ids.next();
        String body = payload == null ? "" : payload;
        transaction.executeWithoutResult(status -> {
            jdbc.sql("INSERT INTO dead_letter (id, tenant, topic, key, type, payload, cause, attempts, created_at)"
                            + " VALUES (:id, :tenant, :topic, :key, :type, :payload, :cause, 1, :now)")
                    .param("id", id)
                    .param("tenant", tenant)
                    .param("topic", topic)
                    .param("key", key)
                    .param("type", envelope.map(CloudEvent::type).orElse(null))
                    .param("payload", body.replace("\0", ""))
                    .param("cause", describe(cause))
                    .param("now", Timestamp.from(clock.instant()))
                    .update();
            outbox.send(id, tenant, topic + ".dead." + service, key == null ? "" : key, body.replace("\0", ""));
        });
    }

    private static Optional<CloudEvent> envelope(@Nullable String payload) {
        try {
            return Optional.of(EventProcessor.read(payload));
        } catch (MalformedEventException e) {
            return Optional.empty();
        }
    }

    static String describe(Throwable cause) {
        String text = cause.getClass().getSimpleName() + ": " + cause.getMessage();
        return text.length() <= 2000 ? text : text.substring(0, 2000);
    }

    List<DeadLetter> list(String tenant, PageQuery query) {
        return jdbc.sql(
                        "SELECT * FROM dead_letter WHERE tenant = :tenant AND id < :before ORDER BY id DESC LIMIT :limit")
                .param("tenant", tenant)
                .param("before", query.before())
                .param("limit", query.limitAndOne())
                .query(DeadLetters::map)
                .list();
    }

    Optional<DeadLetter> find(String tenant, UUID id) {
        return jdbc.sql("SELECT * FROM dead_letter WHERE tenant = :tenant AND id = :id")
                .param("tenant", tenant)
                .param("id", id)
                .query(DeadLetters::map)
                .optional();
    }

    void markReplayed(String tenant, UUID id) {
        jdbc.sql("UPDATE dead_letter SET replayed_at = :now, attempts = attempts + 1"
                        + " WHERE tenant = :tenant AND id = :id")
                .param("tenant", tenant)
                .param("now", Timestamp.from(clock.instant()))
                .param("id", id)
                .update();
    }

    void markFailed(String tenant, UUID id, Throwable cause) {
        jdbc.sql("UPDATE dead_letter SET cause = :cause, attempts = attempts + 1"
                        + " WHERE tenant = :tenant AND id = :id")
                .param("tenant", tenant)
                .param("cause", describe(cause))
                .param("id", id)
                .update();
    }

    private static DeadLetter map(ResultSet row, int number) throws SQLException {
        return new DeadLetter(
                row.getObject("id", UUID.class),
                row.getString("tenant"),
                row.getString("topic"),
                row.getString("key"),
                row.getString("type"),
                row.getString("payload"),
                row.getString("cause"),
                row.getInt("attempts"),
                row.getTimestamp("created_at").toInstant(),
                instant(row.getTimestamp("replayed_at")));
    }

    private static @Nullable Instant instant(@Nullable Timestamp timestamp) {
        return timestamp == null ? null : timestamp.toInstant();
    }
}
