package dev.paddock.kit.app;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Removes idempotency keys and inbox entries that are older than any repeat can be. */
final class Housekeeping implements DisposableBean {
    private static final Logger LOG = LoggerFactory.getLogger(Housekeeping.class);
    private static final Duration KEPT = Duration.ofDays(30);

    private final JdbcClient jdbc;
    private final Clock clock;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "housekeeping");
        thread.setDaemon(true);
        return thread;
    });

    @SuppressWarnings("FutureReturnValueIgnored")
    Housekeeping(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
        timer.scheduleWithFixedDelay(this::clean, 1, 6, TimeUnit.HOURS);
    }

    /** Never fails: the timer would not call it again. */
    void clean() {
        Timestamp oldest = Timestamp.from(clock.instant().minus(KEPT));
        try {
            jdbc.sql("DELETE FROM idempotency_key WHERE created_at < ?")
                    .param(oldest)
                    .update();
            jdbc.sql("DELETE FROM inbox WHERE received_at < ?").param(oldest).update();
        } catch (RuntimeException | Error e) {
            LOG.warn("housekeeping waits", e);
        }
    }

    @Override
    public void destroy() {
        timer.shutdownNow();
    }
}
