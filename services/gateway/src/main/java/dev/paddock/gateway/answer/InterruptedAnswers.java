package dev.paddock.gateway.answer;

import dev.paddock.contracts.event.AnswerGiven;
import dev.paddock.gateway.GatewayProperties;
import dev.paddock.kit.outbox.Outbox;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Gives every answer that a killed gateway left open its end, at start and every ten minutes; the answers of all tenants, each told to
 * its own. Replicas pass over what another one is taking. An answer that ends after all has that end on record.
 */
@Component
class InterruptedAnswers {
    private static final String INTERRUPT = """
            WITH late AS MATERIALIZED (
                SELECT id FROM answer WHERE finish_reason = 'open' AND created_at < :before
                ORDER BY created_at LIMIT 1000 FOR UPDATE SKIP LOCKED
            )
            UPDATE answer SET finish_reason = 'interrupted' FROM late, application_key key
            WHERE answer.id = late.id AND key.id = answer.application_key_id
            RETURNING answer.*, key.name AS application
            """;

    private final JdbcClient jdbc;
    private final Outbox outbox;
    private final TransactionOperations transactions;
    private final Clock clock;
    private final GatewayProperties properties;

    InterruptedAnswers(
            JdbcClient jdbc,
            Outbox outbox,
            TransactionOperations transactions,
            Clock clock,
            GatewayProperties properties) {
        this.jdbc = jdbc;
        this.outbox = outbox;
        this.transactions = transactions;
        this.clock = clock;
        this.properties = properties;
    }

    @Scheduled(fixedDelay = 10, timeUnit = TimeUnit.MINUTES)
    void sweep() {
        transactions.executeWithoutResult(status -> jdbc.sql(INTERRUPT)
                .param("before", Timestamp.from(clock.instant().minus(properties.interruptedAfter())))
                .query((row, number) -> new Interrupted(row.getString("tenant"), event(row)))
                .list()
                .forEach(one -> outbox.publish(one.tenant(), one.event())));
    }

    private static AnswerGiven event(ResultSet row) throws SQLException {
        return new AnswerGiven(
                row.getString("id"),
                row.getString("model"),
                row.getObject("version_id", UUID.class),
                row.getObject("policy_id", UUID.class),
                row.getInt("policy_version"),
                row.getObject("input_verdict_id", UUID.class),
                row.getObject("output_verdict_id", UUID.class),
                row.getString("prompt_digest"),
                row.getString("answer_digest"),
                row.getString("finish_reason"),
                row.getString("application"),
                row.getTimestamp("created_at").toInstant());
    }

    /** An answer's end and whose it is. */
    private record Interrupted(String tenant, AnswerGiven event) {}
}
