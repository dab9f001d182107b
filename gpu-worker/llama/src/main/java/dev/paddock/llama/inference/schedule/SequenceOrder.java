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
 * @param rows how many ways it goes on side by side behind its prompt, 1 or more; they begin, grow and give way together
 */
public record SequenceOrder(
        long id, int promptTokens, int newTokens, @Nullable Instant deadline, boolean urgent, String tenant, int rows) {
    /** One that goes on in one way. */
    public SequenceOrder(
            long id, int promptTokens, int newTokens, @Nullable Instant deadline, boolean urgent, String tenant) {
        this(id, promptTokens, newTokens, deadline, urgent, tenant, 1);
    }

    /** One that is not urgent, of the only tenant. */
    public SequenceOrder(long id, int promptTokens, int newTokens, @Nullable Instant deadline) {
        this(id, promptTokens, newTokens, deadline, false, "");
    }

    /** Most tokens that each of its rows will have. */
    int capacity() {
        return Math.addExact(promptTokens, newTokens);
    }
}
