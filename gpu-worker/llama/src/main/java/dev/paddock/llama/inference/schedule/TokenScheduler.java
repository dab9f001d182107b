package dev.paddock.llama.inference.schedule;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Decides which tokens of which sequences run in the next step: sequences join and leave a running batch between steps
 * (continuous batching, Yu et al. 2022, OSDI), and long prompts run in pieces beside the others' decoding (Agrawal et al. 2023,
 * arXiv:2308.16369). It holds ids and counts only. Safe for use by several threads.
 */
public final class TokenScheduler {
    private final SchedulerLimits limits;
    private final Deque<ScheduledSequence> waiting = new ArrayDeque<>();
    private final Map<Long, ScheduledSequence> running = new LinkedHashMap<>();
    private long reserved;

    public TokenScheduler(SchedulerLimits limits) {
        this.limits = limits;
    }

    /**
     * Puts a sequence at the end of the queue.
     *
     * @param promptTokens tokens known, 1 or more
     * @param newTokens most tokens that may be added
     * @param deadline when to give it up; null for never
     * @throws QueueFullException where no more may wait
     * @throws IllegalArgumentException where it could never run
     */
    public synchronized void submit(long id, int promptTokens, int newTokens, @Nullable Instant deadline) {
        ScheduledSequence sequence = new ScheduledSequence(id, promptTokens, newTokens, deadline);
        if (promptTokens < 1 || newTokens < 0 || sequence.capacity() > limits.cachedTokens()) {
            throw new IllegalArgumentException("%d prompt and %d new tokens: a sequence has 1 to %d tokens"
                    .formatted(promptTokens, newTokens, limits.cachedTokens()));
        }
        if (waiting.size() + running.size() >= limits.waiting() + limits.running()) {
            throw new QueueFullException(waiting.size());
        }
        waiting.add(sequence);
    }

    /** Admits what fits, drops what is too late, and shares out the next step. */
    public synchronized Plan plan(Instant now, Admission admission) {
        List<Long> expired = expire(now);
        List<Long> admitted = admit(admission);
        return new Plan(admitted, expired, slices());
    }

    /** A slice has run. */
    public synchronized void ran(Slice slice) {
        find(slice.id()).ran(slice.count());
    }

    /** A token was added to a sequence. */
    public synchronized void grow(long id) {
        find(id).grow();
    }

    /** A sequence leaves, wherever it is; nothing happens where it has left already. */
    public synchronized void remove(long id) {
        waiting.removeIf(sequence -> sequence.id() == id);
        ScheduledSequence left = running.remove(id);
        if (left != null) {
            reserved -= left.capacity();
        }
    }

    public synchronized int waiting() {
        return waiting.size();
    }

    public synchronized int running() {
        return running.size();
    }

    private List<Long> expire(Instant now) {
        List<Long> expired = new ArrayList<>();
        waiting.stream().filter(sequence -> sequence.expired(now)).forEach(sequence -> expired.add(sequence.id()));
        running.values().stream()
                .filter(sequence -> sequence.expired(now))
                .forEach(sequence -> expired.add(sequence.id()));
        expired.forEach(this::remove);
        return expired;
    }

    /** In the order of the queue up to the first that does not fit; one that waits for a beginning lets others pass. */
    private List<Long> admit(Admission admission) {
        List<Long> admitted = new ArrayList<>();
        Iterator<ScheduledSequence> queue = waiting.iterator();
        while (queue.hasNext()) {
            ScheduledSequence next = queue.next();
            if (!fits(next)) {
                break;
            }
            int cached = admission.cached(next.id());
            if (cached == Admission.LATER) {
                continue;
            }
            queue.remove();
            next.ran(cached);
            running.put(next.id(), next);
            reserved += next.capacity();
            admitted.add(next.id());
        }
        return admitted;
    }

    private boolean fits(ScheduledSequence sequence) {
        return running.size() < limits.running() && reserved + sequence.capacity() <= limits.cachedTokens();
    }

    private List<Slice> slices() {
        List<Slice> slices = new ArrayList<>();
        running.values().stream().filter(sequence -> sequence.pending() == 1).forEach(s -> slices.add(s.slice(1)));
        int budget = Math.max(1, limits.tokensPerStep() - slices.size());
        for (ScheduledSequence sequence : running.values()) {
            int count = Math.min(sequence.pending(), budget);
            if (sequence.pending() > 1 && count > 0) {
                slices.add(sequence.slice(count));
                budget -= count;
            }
        }
        return slices;
    }

    private ScheduledSequence find(long id) {
        ScheduledSequence sequence = running.get(id);
        if (sequence == null) {
            throw new IllegalStateException("Sequence " + id + " is not running");
        }
        return sequence;
    }
}
