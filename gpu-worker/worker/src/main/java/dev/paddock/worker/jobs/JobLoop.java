package dev.paddock.worker.jobs;

import dev.paddock.contracts.lease.Lease;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Takes one job after another. */
class JobLoop implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(JobLoop.class);
    private static final Duration QUESTION_EVERY = Duration.ofSeconds(2);
    private static final Duration LONGEST_STEP = Duration.ofSeconds(60);

    private final LeaseClient leases;
    private final JobRunner runner;
    private final WakeUpCalls calls;
    private final String workerId;
    private final List<String> methods;
    private volatile @Nullable Thread thread;
    private volatile @Nullable Lease held;

    JobLoop(LeaseClient leases, JobRunner runner, WakeUpCalls calls, String workerId, List<String> methods) {
        this.leases = leases;
        this.runner = runner;
        this.calls = calls;
        this.workerId = workerId;
        this.methods = List.copyOf(methods);
    }

    @Override
    public synchronized void start() {
        if (thread == null) {
            Thread started = new Thread(this::work, "training-jobs");
            started.setDaemon(true);
            thread = started;
            started.start();
        }
    }

    private void work() {
        runner.reportFallen();
        while (isRunning()) {
            try {
                Optional<Lease> lease = leases.claim(workerId, methods);
                if (lease.isPresent()) {
                    run(lease.get());
                } else {
                    calls.await(QUESTION_EVERY);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } catch (Throwable e) { // whatever one job or question ended with, the next may go well
                LOG.warn("no job: {}", e.toString(), e);
                rest();
            }
        }
    }

    /** What is held when the loop is stopped stays held, to be given back. */
    private void run(Lease lease) {
        held = lease;
        try {
            runner.run(lease, () -> !isRunning());
        } finally {
            if (isRunning()) {
                held = null;
            }
        }
    }

    private static void rest() {
        try {
            Thread.sleep(QUESTION_EVERY.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends a running job at its next step and gives it back; another worker goes on from the last checkpoint. */
    @Override
    public void stop() {
        Thread running = thread;
        thread = null;
        if (running != null) {
            end(running, held == null);
            Lease lease = held;
            if (lease != null) {
                giveBack(lease);
            }
        }
        calls.close();
    }

    /** A job that runs is not interrupted, so that it can still tell its last news. */
    private static void end(Thread running, boolean idle) {
        if (idle) {
            running.interrupt();
        }
        try {
            running.join(LONGEST_STEP.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Without effect where the job has ended meanwhile. */
    private void giveBack(Lease lease) {
        try {
            leases.release(lease);
            LOG.info("job {} is given back", lease.jobId());
        } catch (RuntimeException e) {
            LOG.warn("job {} could not be given back; its lease lapses: {}", lease.jobId(), e.getMessage());
        }
    }

    @Override
    public boolean isRunning() {
        Thread running = thread;
        return running != null && running.isAlive();
    }
}
