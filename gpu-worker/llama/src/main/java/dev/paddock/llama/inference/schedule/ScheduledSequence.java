package dev.paddock.llama.inference.schedule;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The counts of one sequence. */
final class ScheduledSequence {
    private final long id;
    private final int capacity;
    private final @Nullable Instant deadline;
    private final boolean urgent;
    private int length;
    private int cached;

    ScheduledSequence(long id, int promptTokens, int newTokens, @Nullable Instant deadline, boolean urgent) {
        this.id = id;
        this.length = promptTokens;
        this.capacity = Math.addExact(promptTokens, newTokens);
        this.deadline = deadline;
        this.urgent = urgent;
    }

    long id() {
        return id;
    }

    boolean urgent() {
        return urgent;
    }

    /** Tokens for which the cache has room. */
    int capacity() {
        return capacity;
    }

    /** Tokens known and not yet in the cache. */
    int pending() {
        return length - cached;
    }

    boolean expired(Instant now) {
        return deadline != null && now.isAfter(deadline);
    }

    Slice slice(int count) {
        return new Slice(id, cached, count);
    }

    void ran(int count) {
        if (count > pending()) {
            throw new IllegalStateException("Sequence %d ran %d tokens of %d".formatted(id, count, pending()));
        }
        cached += count;
    }

    void grow() {
        if (length == capacity) {
            throw new IllegalStateException("Sequence %d has all of its %d tokens".formatted(id, capacity));
        }
        length++;
    }
}
