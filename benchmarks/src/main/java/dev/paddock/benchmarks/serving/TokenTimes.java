package dev.paddock.benchmarks.serving;

import dev.paddock.benchmarks.BenchmarkException;
import dev.paddock.llama.inference.Finished;
import dev.paddock.llama.inference.GeneratedToken;
import dev.paddock.llama.inference.GenerationListener;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Takes the times between an answer's tokens while others wait for them. */
final class TokenTimes implements GenerationListener {
    private final List<Double> gaps = new ArrayList<>();
    private long last;
    private @Nullable String ended;

    @Override
    public synchronized void token(GeneratedToken token) {
        long now = System.nanoTime();
        if (last != 0) {
            gaps.add((now - last) / 1e6);
        }
        last = now;
        notifyAll();
    }

    @Override
    public synchronized void finished(Finished finished) {
        ended = "it had all its tokens: ask for fewer loads";
        notifyAll();
    }

    @Override
    public synchronized void failed(RuntimeException failure) {
        ended = String.valueOf(failure);
        notifyAll();
    }

    /** Waits for so many more tokens, and forgets those before: milliseconds before each of them. */
    synchronized List<Double> next(int tokens) {
        gaps.clear();
        return all(tokens);
    }

    /** Milliseconds before each token since {@link #next}, once there are so many. */
    synchronized List<Double> all(int tokens) {
        try {
            while (gaps.size() < tokens) {
                if (ended != null) {
                    throw new BenchmarkException("The answer ended while its tokens' times were taken: " + ended);
                }
                wait();
            }
            return List.copyOf(gaps);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BenchmarkException("interrupted", e);
        }
    }
}
