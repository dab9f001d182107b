package dev.paddock.worker.metrics;

import dev.paddock.llama.inference.Finished;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The times of one answer, from its making on; told by the model's own thread, read after its end. */
public final class AnswerTimes {
    private final AnswerMeters meters;
    private final boolean counted;
    private final long asked = System.nanoTime();
    private volatile long queueNanos = -1;
    private volatile long firstTokenNanos = -1;
    private long first;
    private long last;
    private int tokens;

    AnswerTimes(AnswerMeters meters, boolean counted) {
        this.meters = meters;
        this.counted = counted;
    }

    /** It has left the queue, and so many tokens of its prompt need not be read. */
    public void begun(int cached) {
        queueNanos = System.nanoTime() - asked;
        meters.queued.record(queueNanos, TimeUnit.NANOSECONDS);
        if (cached > 0) {
            meters.cachedTokens.increment(cached);
        }
    }

    public void token() {
        long now = System.nanoTime();
        if (tokens++ == 0) {
            first = now;
            firstTokenNanos = now - asked;
            meters.firstToken.record(now - asked, TimeUnit.NANOSECONDS);
        } else {
            meters.betweenTokens.record(now - last, TimeUnit.NANOSECONDS);
        }
        last = now;
    }

    public void finished(Finished finished) {
        meters.ended(finished.reason()).record(System.nanoTime() - asked, TimeUnit.NANOSECONDS);
        if (tokens > 1) {
            meters.perToken.record((last - first) / (tokens - 1), TimeUnit.NANOSECONDS);
        }
        if (counted && queueNanos >= 0) {
            meters.promptTokens.increment(finished.promptTokens());
        }
        meters.newTokens.increment(finished.newTokens());
    }

    /** Answers that were searched for together have ended. */
    public void finished(List<Finished> together) {
        Finished best = together.get(0);
        int newTokens = together.stream().mapToInt(Finished::newTokens).sum();
        finished(new Finished(best.reason(), "", best.promptTokens(), newTokens));
    }

    public void failed() {
        meters.failed.record(System.nanoTime() - asked, TimeUnit.NANOSECONDS);
    }

    /** Nanoseconds in the queue; -1 while it waits. */
    public long queueNanos() {
        return queueNanos;
    }

    /** Nanoseconds from the request to its first token; -1 before it. */
    public long firstTokenNanos() {
        return firstTokenNanos;
    }
}
