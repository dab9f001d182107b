package dev.paddock.benchmarks.training;

import dev.paddock.benchmarks.BenchmarkException;
import dev.paddock.llama.training.TrainingListener;
import dev.paddock.llama.training.TrainingProgress;
import dev.paddock.llama.training.TrainingRun;
import java.nio.file.Path;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A training run as the worker does it, halted between steps. */
final class SteppedTraining implements TrainingListener, AutoCloseable {
    private final Semaphore allowed = new Semaphore(0);
    private final Semaphore finished = new Semaphore(0);
    private final Thread thread;
    private volatile boolean closing;
    private volatile boolean started;
    private volatile @Nullable RuntimeException failure;

    SteppedTraining(TrainingRun run, Path output) {
        thread = new Thread(() -> go(run, output), "training");
        thread.start();
    }

    private void go(TrainingRun run, Path output) {
        try {
            run.run(output, this, this::waitForLeave);
        } catch (CancellationException e) {
            // the way every benchmark ends
        } catch (RuntimeException e) {
            failure = e;
        }
    }

    @Override
    public void started(int finishedSteps, int steps, long trainedParameters) {
        started = true;
    }

    /** What comes before the first step, such as a reference's measuring, waits for nobody. */
    private boolean waitForLeave() {
        if (!started) {
            return closing;
        }
        allowed.acquireUninterruptibly();
        return closing;
    }

    @Override
    public void progressed(TrainingProgress progress) {
        finished.release();
    }

    /** Takes that many steps; returns their seconds. */
    double steps(int count) {
        long start = System.nanoTime();
        allowed.release(count);
        try {
            for (int i = 0; i < count; i++) {
                while (!finished.tryAcquire(1, TimeUnit.SECONDS)) {
                    if (!thread.isAlive()) {
                        throw new BenchmarkException("the training ended: " + failure);
                    }
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BenchmarkException("interrupted", e);
        }
        return (System.nanoTime() - start) / 1e9;
    }

    @Override
    public void close() {
        closing = true;
        allowed.release();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
