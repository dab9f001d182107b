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

    private final LeaseClient leases;
    private final JobRunner runner;
    private final WakeUpCalls calls;
    private final String workerId;
    private final List<String> methods;
    private volatile @Nullable Thread thread;

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
        while (isRunning()) {
            try {
                Optional<Lease> lease = leases.claim(workerId, methods);
                if (lease.isPresent()) {
                    runner.run(lease.get(), () -> !isRunning());
                } else {
                    calls.await(QUESTION_EVERY);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } catch (RuntimeException e) {
                LOG.warn("no job: {}", e.toString());
                rest();
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

    /**
     * Ends a running job at its next step and waits for that: native code may not compute while the JVM's exit frees it, and
     * whoever stops the process has a limit of their own. The job's lease lapses and another worker goes on from the last
     * checkpoint.
     */
    @Override
    public void stop() {
        Thread running = thread;
        thread = null;
        if (running != null) {
            running.interrupt();
            try {
                running.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        calls.close();
    }

    @Override
    public boolean isRunning() {
        return thread != null;
    }
}
