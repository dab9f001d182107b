package dev.paddock.worker.jobs;

import dev.paddock.contracts.lease.Lease;
import dev.paddock.contracts.lease.LeaseRenewal;
import dev.paddock.contracts.lease.LeaseState;
import dev.paddock.contracts.lease.MetricPoint;
import dev.paddock.contracts.lease.Progress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Renews a lease from a thread of its own while the job runs, carrying the news since the last renewal. While training-job
 * does not answer the job goes on and the news wait: a renewal without an answer is sent again as it was, so that training-job
 * knows it by its number, and what happens meanwhile follows, up to a limit. A lost lease is told by {@link #lost()}.
 */
final class LeaseKeeper implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LeaseKeeper.class);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);
    private static final int NEWS_LIMIT = 5000;

    private final LeaseClient client;
    private final Lease lease;
    private final Thread thread;
    private final Duration pause;
    private List<MetricPoint> metrics = new ArrayList<>();
    private List<String> logs = new ArrayList<>();
    private @Nullable Progress progress;
    private @Nullable LeaseRenewal unanswered;
    private long sequence;
    private volatile boolean lost;
    private volatile boolean cancelled;
    private volatile boolean closed;
    private final Object sending = new Object();

    LeaseKeeper(LeaseClient client, Lease lease) {
        this.client = client;
        this.lease = lease;
        Duration third = Duration.between(Instant.now(), lease.expiresAt()).dividedBy(3);
        this.pause = third.isNegative() || third.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : third;
        this.thread = new Thread(this::keep, "lease-" + lease.jobId());
        thread.setDaemon(true);
        thread.start();
    }

    synchronized void progress(Progress now, List<MetricPoint> points) {
        progress = now;
        metrics(points);
    }

    synchronized void metrics(List<MetricPoint> points) {
        if (metrics.size() < NEWS_LIMIT) {
            metrics.addAll(points);
        }
    }

    synchronized void log(String line) {
        if (logs.size() < NEWS_LIMIT) {
            logs.add(line);
        }
    }

    /** Whether the owner of the job wants it to end. */
    boolean cancelled() {
        return cancelled;
    }

    /** Whether another worker may have the job. */
    boolean lost() {
        return lost;
    }

    private void keep() {
        try {
            while (!closed && !lost) {
                TimeUnit.NANOSECONDS.sleep(Math.max(pause.toNanos(), 20_000_000));
                renew();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Sends what is still to be told and then the report that ends the attempt; after it nothing is renewed. Where the report
     * fails the lease is kept on.
     */
    void endWith(Runnable report) {
        synchronized (sending) {
            renew();
            report.run();
            closed = true;
        }
    }

    /** Sends the news now, one renewal at a time; they are kept where training-job does not answer. */
    private void renew() {
        synchronized (sending) {
            boolean again = unanswered != null;
            if (!closed && !lost && send() && again) {
                send();
            }
        }
    }

    /** Sends the renewal that waits for its answer, or else the next; false where the lease was not kept. */
    private boolean send() {
        LeaseRenewal renewal = unanswered == null ? take() : unanswered;
        unanswered = renewal;
        try {
            LeaseState state = client.renew(lease, renewal);
            unanswered = null;
            cancelled |= state.cancel();
            return true;
        } catch (FencedException e) {
            LOG.warn("job {} is no longer ours: {}", lease.jobId(), e.getMessage());
            lost = true;
        } catch (RuntimeException | Error e) {
            LOG.warn("the lease of job {} could not be renewed: {}", lease.jobId(), e.toString());
        }
        return false;
    }

    private synchronized LeaseRenewal take() {
        LeaseRenewal renewal =
                new LeaseRenewal(lease.fencingToken(), ++sequence, progress, List.copyOf(metrics), List.copyOf(logs));
        metrics = new ArrayList<>();
        logs = new ArrayList<>();
        return renewal;
    }

    /** Stops renewing; what is still to be told is sent first, unless a report has ended the attempt. */
    @Override
    public void close() {
        if (!cancelled) {
            renew();
        }
        closed = true;
        thread.interrupt();
        try {
            thread.join(Duration.ofSeconds(35).toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
