package dev.paddock.llama.training;

import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;

/**
 * Asks a run to stop when the JVM is asked to end, and keeps the JVM until the run has: libtorch's exit handlers free compiled
 * kernels, and a step that still computes with them would end the process with a fault. For programs of their own; a server
 * waits for its runs itself.
 */
public final class StopOnExit implements BooleanSupplier, AutoCloseable {
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread hook = new Thread(this::stopAndWait, "stop-on-exit");
    private volatile boolean stopping;

    /** Begins to watch. */
    public StopOnExit() {
        Runtime.getRuntime().addShutdownHook(hook);
    }

    private void stopAndWait() {
        stopping = true;
        try {
            closed.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether the JVM was asked to end. */
    @Override
    public boolean getAsBoolean() {
        return stopping;
    }

    /** Says that nothing computes any more. */
    @Override
    public void close() {
        closed.countDown();
        if (!stopping) {
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException e) {
                stopping = true;
            }
        }
    }
}
