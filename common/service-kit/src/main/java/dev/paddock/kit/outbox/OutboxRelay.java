package dev.paddock.kit.outbox;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Moves events from the table to Kafka, in order per key, at least once. Of several instances one at a time relays (a
 * transaction-scoped advisory lock); rows leave the table only after the broker's acknowledgement.
 */
public class OutboxRelay implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(OutboxRelay.class);
    private static final int BATCH = 200;
    private static final Duration POLL = Duration.ofSeconds(1);
    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(1);

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final KafkaSender sender;
    private final RelaySignal signal;
    private final String schema;
    private volatile @Nullable Thread thread;

    OutboxRelay(
            JdbcClient jdbc, TransactionTemplate transaction, KafkaSender sender, RelaySignal signal, String schema) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.sender = sender;
        this.signal = signal;
        this.schema = schema;
    }

    @Override
    public synchronized void start() {
        if (thread == null) {
            Thread relay = new Thread(this::run, schema + "-outbox");
            relay.setDaemon(true);
            thread = relay;
            relay.start();
        }
    }

    private void run() {
        while (thread == Thread.currentThread()) {
            try {
                if (!relayBatch()) {
                    signal.await(POLL);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } catch (RuntimeException e) {
                LOG.warn("outbox of {} waits: {}", schema, e.getMessage());
                pause();
            } catch (Error e) {
                LOG.error("outbox of {} goes on", schema, e);
                pause();
            }
        }
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE_AFTER_FAILURE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Sends one batch; true when more may wait. */
    boolean relayBatch() {
        return Boolean.TRUE.equals(transaction.execute(status -> {
            if (!lock()) {
                return false;
            }
            List<OutboxRow> rows = read();
            List<Long> sent = rows.isEmpty() ? List.of() : sender.send(rows);
            if (!sent.isEmpty()) {
                jdbc.sql("DELETE FROM outbox WHERE position IN (:sent)")
                        .param("sent", sent)
                        .update();
            }
            return rows.size() == BATCH && !sent.isEmpty();
        }));
    }

    private boolean lock() {
        return jdbc.sql("SELECT pg_try_advisory_xact_lock(hashtextextended(:name, 2))")
                .param("name", "outbox-relay " + schema)
                .query(Boolean.class)
                .single();
    }

    private List<OutboxRow> read() {
        return jdbc.sql("SELECT position, topic, key, payload FROM outbox ORDER BY position LIMIT " + BATCH
                        + " FOR UPDATE SKIP LOCKED")
                .query(OutboxRow.class)
                .list();
    }

    @Override
    public void stop() {
        Thread relay = thread;
        thread = null;
        signal.raise();
        if (relay != null) {
            try {
                relay.join(Duration.ofSeconds(5).toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public boolean isRunning() {
        return thread != null;
    }
}
