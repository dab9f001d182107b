package dev.paddock.llama.inference.schedule;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A sequence that is to run.
 *
 * @param id the caller's name for it
 * @param promptTokens tokens known, 1 or more
 * @param newTokens most tokens that may be added
 * @param deadline when to give it up; null for never
 * @param urgent whether it takes the lane kept free for what others wait for
 * @param tenant whose it is: tenants share the machine evenly, whatever each of them has in the queue
 */
public record SequenceOrder(
        long id, int promptTokens, int newTokens, @Nullable Instant deadline, boolean urgent, String tenant) {
    /** One that is not urgent, of the only tenant. */
    public SequenceOrder(long id, int promptTokens, int newTokens, @Nullable Instant deadline) {
        this(id, promptTokens, newTokens, deadline, false, "");
    }

    /** Most tokens that it will have. */
    int capacity() {
        return Math.addExact(promptTokens, newTokens);
    }
}
