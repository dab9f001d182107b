package dev.paddock.benchmarks.serving;

import dev.paddock.benchmarks.BenchmarkException;
import dev.paddock.llama.inference.Finished;
import dev.paddock.llama.inference.GeneratedToken;
import dev.paddock.llama.inference.GenerationListener;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** Takes the time from an answer's first token to its last. */
final class TimedAnswer implements GenerationListener {
    private final CompletableFuture<Double> speed = new CompletableFuture<>();
    private long first;
    private long last;
    private int tokens;

    @Override
    public void token(GeneratedToken token) {
        last = System.nanoTime();
        if (tokens == 0) {
            first = last;
        }
        tokens++;
    }

    @Override
    public void finished(Finished finished) {
        speed.complete((tokens - 1) / ((last - first) / 1e9));
    }

    @Override
    public void failed(RuntimeException failure) {
        speed.completeExceptionally(failure);
    }

    /** Waits for the answer's end; tokens a second after the first one. */
    double speed() {
        try {
            return speed.get();
        } catch (ExecutionException e) {
            throw new BenchmarkException("no answer: " + e.getCause(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BenchmarkException("interrupted", e);
        }
    }
}
