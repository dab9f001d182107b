package dev.paddock.benchmarks.serving;

import dev.paddock.benchmarks.BenchmarkException;
import dev.paddock.llama.inference.Finished;
import dev.paddock.llama.inference.GeneratedToken;
import dev.paddock.llama.inference.GenerationListener;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** Takes the time of several answers together, from the moment at which the last of them has its first token to the end of all. */
final class TimedStreams {
    private final CompletableFuture<Double> speed = new CompletableFuture<>();
    private final int streams;
    private int started;
    private int ended;
    private long tokens;
    private long from;

    TimedStreams(int streams) {
        this.streams = streams;
    }

    /** The listener of one more answer; all of them are heard on the model's own thread. */
    GenerationListener listener() {
        return new One();
    }

    /** Waits for the end of all; tokens a second. */
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

    private final class One implements GenerationListener {
        private boolean first = true;

        @Override
        public void token(GeneratedToken token) {
            if (started == streams) {
                tokens++;
            }
            if (first) {
                first = false;
                started++;
                if (started == streams) {
                    from = System.nanoTime();
                }
            }
        }

        @Override
        public void finished(Finished finished) {
            ended++;
            if (ended == streams) {
                speed.complete(tokens / ((System.nanoTime() - from) / 1e9));
            }
        }

        @Override
        public void failed(RuntimeException failure) {
            speed.completeExceptionally(failure);
        }
    }
}
