package dev.paddock.gateway.async;

import java.util.concurrent.Semaphore;

/** A bounded number of requests in work at once. */
public final class Slots {
    private final Semaphore free;

    public Slots(int count) {
        this.free = new Semaphore(count);
    }

    public boolean take() {
        return free.tryAcquire();
    }

    public void giveBack() {
        free.release();
    }
}
