package dev.paddock.kit.outbox;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Wakes the relay when a transaction with events has committed. */
final class RelaySignal {
    private final Semaphore raised = new Semaphore(0);

    void raise() {
        raised.release();
    }

    /** Waits for a signal or for {@code most}, whichever comes first. */
    @SuppressWarnings("ReturnValueIgnored")
    void await(Duration most) throws InterruptedException {
        if (raised.tryAcquire(most.toMillis(), TimeUnit.MILLISECONDS)) {
            raised.drainPermits();
        }
    }
}
