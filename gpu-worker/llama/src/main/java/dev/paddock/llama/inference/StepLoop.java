package dev.paddock.llama.inference;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The model's own thread: commands between steps, steps while there is work, sleep otherwise. Whatever is thrown ends the requests
 * that are there, and it goes on.
 */
final class StepLoop implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StepLoop.class);
    private final GenerationStep step;
    private final BlockingQueue<Runnable> commands = new LinkedBlockingQueue<>();
    private final Thread thread = new Thread(this::run, "model-steps");
    private volatile boolean closed;

    StepLoop(GenerationStep step) {
        this.step = step;
        thread.setDaemon(true);
        thread.start();
    }

    GenerationStep step() {
        return step;
    }

    /** Makes a sleeping loop look again. */
    void wake() {
        commands.add(() -> {});
    }

    /** Runs a command between two steps. */
    void execute(Runnable command) {
        commands.add(command);
    }

    /** Runs a command between two steps and waits for it; throws what it throws. */
    void call(Runnable command) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        commands.add(() -> {
            try {
                command.run();
                done.complete(null);
            } catch (Throwable e) {
                done.completeExceptionally(e);
            }
        });
        if (closed) {
            throw new IllegalStateException("The model was unloaded");
        }
        try {
            done.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    private void run() {
        boolean busy = true;
        while (!closed) {
            try {
                runCommands(busy);
                busy = !closed && step.run();
            } catch (InterruptedException e) {
                closed = true;
            } catch (RuntimeException | Error e) {
                LOG.error("a step failed", e);
                step.failAll(e);
                busy = false;
            }
        }
        for (Runnable left = commands.poll(); left != null; left = commands.poll()) {
            left.run();
        }
    }

    /** Runs the commands there are; those that come meanwhile let a step go first. */
    private void runCommands(boolean busy) throws InterruptedException {
        if (!busy) {
            commands.take().run();
        }
        for (int left = commands.size(); left > 0; left--) {
            commands.remove().run();
        }
    }

    @Override
    public void close() {
        closed = true;
        wake();
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
