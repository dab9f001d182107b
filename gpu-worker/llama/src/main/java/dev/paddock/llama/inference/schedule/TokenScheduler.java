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
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Decides which tokens of which sequences run in the next step: sequences join and leave a running batch between steps
 * (continuous batching, Yu et al. 2022, OSDI), and long prompts run in pieces beside the others' decoding (Agrawal et al. 2023,
 * arXiv:2308.16369). Room in the cache is taken in blocks as sequences grow; where there is none left, the one that began last gives
 * its own up and is computed again later (Kwon et al. 2023, arXiv:2309.06180). Urgent sequences run in a lane of their own and come
 * first in a step. It holds ids and counts only. Safe for use by several threads.
 */
public final class TokenScheduler {
    private final SchedulerLimits limits;
    private final DraftLimits drafts;
    private final Deque<ScheduledSequence> waiting = new ArrayDeque<>();
    private final Map<Long, ScheduledSequence> running = new LinkedHashMap<>();
    private final TenantShares shares = new TenantShares();
    private long preemptions;

    public TokenScheduler(SchedulerLimits limits) {
        this(limits, DraftLimits.NONE);
    }

    public TokenScheduler(SchedulerLimits limits, DraftLimits drafts) {
        this.limits = limits;
        this.drafts = drafts;
    }

    /**
     * Puts a sequence at the end of its lane's queue. Where it is full, a tenant that has nothing in it still finds a place.
     *
     * @throws QueueFullException where no more may wait
     * @throws IllegalArgumentException where it could never run
     */
    public synchronized void submit(SequenceOrder order) {
        long capacity = (long) order.rows() * order.capacity();
        if (order.promptTokens() < 1 || order.newTokens() < 0 || order.rows() < 1 || capacity > limits.cachedTokens()) {
            throw new IllegalArgumentException("%d rows of %d prompt and %d new tokens: a sequence has 1 to %d tokens"
                    .formatted(order.rows(), order.promptTokens(), order.newTokens(), limits.cachedTokens()));
        }
        long before = count(waiting, order.urgent());
        int places = limits.waiting() + limits.running(order.urgent());
        long taken = rows(waiting, order.urgent()) + rows(running.values(), order.urgent());
        if (taken >= 2L * places || (taken >= places && hasWork(order.tenant()))) {
            throw new QueueFullException((int) before);
        }
        shares.arrives(order.tenant(), waiting, running.values());
        waiting.add(new ScheduledSequence(order));
    }

    private boolean hasWork(String tenant) {
        return Stream.concat(waiting.stream(), running.values().stream())
                .anyMatch(sequence -> sequence.tenant().equals(tenant));
    }

    /** Drops what is too late, makes room for what grows, admits what fits, and shares out the next step. */
    public synchronized Plan plan(Instant now, Admission admission) {
        List<Long> expired = expire(now);
        List<Long> preempted = makeRoom();
        List<Long> admitted = preempted.isEmpty() ? admit(admission) : List.of();
        return new Plan(admitted, preempted, expired, slices());
    }

    /** A slice has run; of what was guessed behind it nothing is known yet. */
    public synchronized void ran(Slice slice) {
        find(slice.id()).ran(slice.count());
    }

    /** A token was added to a sequence. */
    public synchronized void grow(long id) {
        grow(id, 1);
    }

    /** Tokens were added to a sequence, all but the last of which were guessed and ran already. */
    public synchronized void grow(long id, int tokens) {
        ScheduledSequence sequence = find(id);
        sequence.grow(tokens);
        shares.answer(sequence.tenant(), tokens * sequence.rows());
    }

    /** A sequence leaves, wherever it is; nothing happens where it has left already. */
    public synchronized void remove(long id) {
        waiting.removeIf(sequence -> sequence.id() == id);
        running.remove(id);
    }

    public synchronized int waiting() {
        return waiting.size();
    }

    public synchronized int running() {
        return running.size();
    }

    /** Tokens for which running sequences hold room. */
    public synchronized long heldTokens() {
        return held(false) + held(true);
    }

    /** How often a sequence has given way so far. */
    public synchronized long preemptions() {
        return preemptions;
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

    /** Every running sequence gets room for the tokens that it knows: the first urgent one always does, or where none runs the first. */
    private List<Long> makeRoom() {
        List<Long> preempted = new ArrayList<>();
        for (ScheduledSequence sequence : List.copyOf(running.values())) {
            while (running.containsKey(sequence.id()) && !takesRoom(sequence)) {
                ScheduledSequence last = last();
                running.remove(last.id());
                last.loseCache();
                waiting.addFirst(last);
                preempted.add(last.id());
                preemptions++;
            }
        }
        return preempted;
    }

    private boolean takesRoom(ScheduledSequence sequence) {
        int room = Math.max(sequence.room(), sequence.firstRoom());
        if (!hasRoom(sequence, room - sequence.room(), 0)) {
            return false;
        }
        sequence.takeRoom(room);
        return true;
    }

    /** The one that began last; an urgent one only where no other runs. */
    private ScheduledSequence last() {
        List<ScheduledSequence> order = new ArrayList<>(running.values());
        return order.stream()
                .filter(sequence -> !sequence.urgent())
                .reduce((before, after) -> after)
                .orElseGet(() -> order.get(order.size() - 1));
    }

    /**
     * The urgent first, and of the others those of the tenant served least; in each lane one that does not fit holds up those behind
     * it, and one that waits for a beginning does not. While an urgent one finds no room, no other takes any.
     */
    private List<Long> admit(Admission admission) {
        List<Long> admitted = new ArrayList<>();
        for (boolean urgent : new boolean[] {true, false}) {
            List<ScheduledSequence> lane = new ArrayList<>(waiting.stream()
                    .filter(sequence -> sequence.urgent() == urgent)
                    .toList());
            while (!lane.isEmpty()) {
                ScheduledSequence next = Objects.requireNonNull(lane.stream()
                        .min(Comparator.comparingLong(sequence -> shares.of(sequence.tenant())))
                        .orElse(null));
                if (!hasPlace(next)) {
                    break;
                }
                if (!hasRoom(next, next.firstRoom(), SchedulerLimits.BLOCK)) {
                    return admitted;
                }
                lane.remove(next);
                int cached = admission.cached(next.id());
                if (cached != Admission.LATER) {
                    begin(next, cached);
                    admitted.add(next.id());
                }
            }
        }
        return admitted;
    }

    private void begin(ScheduledSequence sequence, int cached) {
        waiting.remove(sequence);
        sequence.takeRoom(sequence.firstRoom());
        sequence.ran(cached);
        running.put(sequence.id(), sequence);
        if (!sequence.charged()) {
            sequence.charge();
            shares.prompt(sequence.tenant(), sequence.pending());
        }
    }

    /** Alone in its lane it may have any width. */
    private boolean hasPlace(ScheduledSequence sequence) {
        long beside = rows(running.values(), sequence.urgent());
        return beside == 0 || beside + sequence.width() <= limits.running(sequence.urgent());
    }

    /**
     * Whether there is room for so many tokens more of a sequence, and {@code each} for every row that runs, so that it is not soon given up
     * again: for an urgent one those of its own lane count. Beside others of its lane an ordinary one leaves the urgent their part.
     */
    private boolean hasRoom(ScheduledSequence sequence, long tokens, long each) {
        long urgentGrowth = each * rows(running.values(), true);
        if (sequence.urgent()) {
            return heldTokens() + tokens + urgentGrowth <= limits.cachedTokens();
        }
        long ordinary = tokens + each * rows(running.values(), false) + held(false);
        boolean alone = running.values().stream().allMatch(other -> other.urgent() || other == sequence);
        return (alone || ordinary <= limits.cachedTokens() - limits.cachedTokensLeft())
                && ordinary + urgentGrowth + held(true) <= limits.cachedTokens();
    }

    private long held(boolean urgent) {
        return running.values().stream()
                .filter(sequence -> sequence.urgent() == urgent)
                .mapToLong(ScheduledSequence::room)
                .sum();
    }

    private static long count(Collection<ScheduledSequence> sequences, boolean urgent) {
        return sequences.stream()
                .filter(sequence -> sequence.urgent() == urgent)
                .count();
    }

    private static long rows(Collection<ScheduledSequence> sequences, boolean urgent) {
        return sequences.stream()
                .filter(sequence -> sequence.urgent() == urgent)
                .mapToLong(ScheduledSequence::width)
                .sum();
    }

    private List<Slice> slices() {
        List<ScheduledSequence> answering = running.values().stream()
                .filter(sequence -> sequence.pending() == 1)
                .toList();
        int rows = answering.stream().mapToInt(ScheduledSequence::rows).sum();
        int each = drafts.each(rows);
        List<Slice> slices = new ArrayList<>();
        answering.forEach(sequence -> slices.add(sequence.answer(each)));
        prompts(slices.isEmpty() ? limits.tokensPerStep() : limits.besideAnswers(rows), slices);
        return slices;
    }

    /** The urgent first, of whose tokens they leave others their part. */
    private void prompts(int budget, List<Slice> slices) {
        boolean others = running.values().stream().anyMatch(sequence -> !sequence.urgent() && sequence.pending() > 1);
        int left = budget;
        for (ScheduledSequence sequence : urgentFirst()) {
            int most = left - (sequence.urgent() && others ? limits.promptTokensLeft(budget) : 0);
            if (sequence.pending() > 1 && most > 0) {
                int count = Math.min(sequence.pending(), (most + sequence.rows() - 1) / sequence.rows());
                slices.add(sequence.slice(count));
                left -= count * sequence.rows();
            }
        }
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
