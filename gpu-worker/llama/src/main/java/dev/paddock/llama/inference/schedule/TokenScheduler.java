package dev.paddock.llama.inference.schedule;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Decides which tokens of which sequences run in the next step: sequences join and leave a running batch between steps
 * (continuous batching, Yu et al. 2022, OSDI), and long prompts run in pieces beside the others' decoding (Agrawal et al. 2023,
 * arXiv:2308.16369). Urgent sequences run in a lane of their own and come first in a step. It holds ids and counts only. Safe for
 * use by several threads.
 */
public final class TokenScheduler {
    private final SchedulerLimits limits;
    private final Deque<ScheduledSequence> waiting = new ArrayDeque<>();
    private final Map<Long, ScheduledSequence> running = new LinkedHashMap<>();
    private long reserved;

    public TokenScheduler(SchedulerLimits limits) {
        this.limits = limits;
    }

    /** Puts a sequence that is not urgent at the end of the queue. */
    public synchronized void submit(long id, int promptTokens, int newTokens, @Nullable Instant deadline) {
        submit(id, promptTokens, newTokens, deadline, false);
    }

    /**
     * Puts a sequence at the end of its lane's queue.
     *
     * @param promptTokens tokens known, 1 or more
     * @param newTokens most tokens that may be added
     * @param deadline when to give it up; null for never
     * @throws QueueFullException where no more may wait
     * @throws IllegalArgumentException where it could never run
     */
    public synchronized void submit(
            long id, int promptTokens, int newTokens, @Nullable Instant deadline, boolean urgent) {
        ScheduledSequence sequence = new ScheduledSequence(id, promptTokens, newTokens, deadline, urgent);
        if (promptTokens < 1 || newTokens < 0 || sequence.capacity() > limits.cachedTokens()) {
            throw new IllegalArgumentException("%d prompt and %d new tokens: a sequence has 1 to %d tokens"
                    .formatted(promptTokens, newTokens, limits.cachedTokens()));
        }
        long before = count(waiting, urgent);
        if (before + count(running.values(), urgent) >= limits.waiting() + limits.running(urgent)) {
            throw new QueueFullException((int) before);
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

    /** The urgent first; in each lane one that does not fit holds up those behind it, and one that waits for a beginning does not. */
    private List<Long> admit(Admission admission) {
        List<Long> admitted = new ArrayList<>();
        for (boolean urgent : new boolean[] {true, false}) {
            List<ScheduledSequence> lane = waiting.stream()
                    .filter(sequence -> sequence.urgent() == urgent)
                    .toList();
            for (int i = 0; i < lane.size() && fits(lane.get(i)); i++) {
                ScheduledSequence next = lane.get(i);
                int cached = admission.cached(next.id());
                if (cached != Admission.LATER) {
                    waiting.remove(next);
                    next.ran(cached);
                    running.put(next.id(), next);
                    reserved += next.capacity();
                    admitted.add(next.id());
                }
            }
        }
        return admitted;
    }

    private boolean fits(ScheduledSequence sequence) {
        long beside = count(running.values(), sequence.urgent());
        long left = beside == 0 ? 0 : limits.cachedTokensLeft(sequence.urgent());
        return beside < limits.running(sequence.urgent())
                && reserved + sequence.capacity() <= limits.cachedTokens() - left;
    }

    private static long count(Collection<ScheduledSequence> sequences, boolean urgent) {
        return sequences.stream()
                .filter(sequence -> sequence.urgent() == urgent)
                .count();
    }

    private List<Slice> slices() {
        List<Slice> slices = new ArrayList<>();
        running.values().stream().filter(sequence -> sequence.pending() == 1).forEach(s -> slices.add(s.slice(1)));
        int budget = Math.max(1, limits.tokensPerStep() - slices.size());
        for (ScheduledSequence sequence : urgentFirst()) {
            int count = Math.min(sequence.pending(), budget);
            if (sequence.pending() > 1 && count > 0) {
                slices.add(sequence.slice(count));
                budget -= count;
            }
        }
        return slices;
    }

    private List<ScheduledSequence> urgentFirst() {
        return running.values().stream()
                .sorted(Comparator.comparing(ScheduledSequence::urgent).reversed())
                .toList();
    }

    private ScheduledSequence find(long id) {
        ScheduledSequence sequence = running.get(id);
        if (sequence == null) {
            throw new IllegalStateException("Sequence " + id + " is not running");
        }
        return sequence;
    }
}
