package dev.paddock.llama.inference.schedule;

import java.time.Instant;

/** The counts of one sequence, whose rows all have as many tokens. */
final class ScheduledSequence {
    private final SequenceOrder order;
    private int length;
    private int cached;
    private int room;
    private boolean charged;

    ScheduledSequence(SequenceOrder order) {
        this.order = order;
        this.length = order.promptTokens();
    }

    long id() {
        return order.id();
    }

    boolean urgent() {
        return order.urgent();
    }

    String tenant() {
        return order.tenant();
    }

    /** Rows that it has behind its prompt, for which it holds room from the begin on. */
    int width() {
        return order.rows();
    }

    /** Rows whose tokens run now: one while its prompt runs. */
    int rows() {
        return length > order.promptTokens() ? order.rows() : 1;
    }

    /** Tokens for which it holds room in the cache, in all of its rows. */
    int room() {
        return room;
    }

    void takeRoom(int tokens) {
        room = tokens;
    }

    /** Room for the first {@code tokens} tokens of its rows, in whole blocks up to all that it will ever need. */
    int roomFor(int tokens) {
        return width() * Math.min(SchedulerLimits.inBlocks(tokens), order.capacity());
    }

    /** Room that it needs to begin: for what is known and for the next token. */
    int firstRoom() {
        return roomFor(length + 1);
    }

    /** Tokens known and not yet in the cache. */
    int pending() {
        return length - cached;
    }

    /** Whether the tokens that are known were charged to its tenant before. */
    boolean charged() {
        return charged;
    }

    void charge() {
        charged = true;
    }

    boolean expired(Instant now) {
        return order.deadline() != null && now.isAfter(order.deadline());
    }

    Slice slice(int count) {
        return new Slice(id(), cached, count);
    }

    /** Its last token, and as many guessed ones as it has room for now and may still have before its own last one; of one row only. */
    Slice answer(int drafts) {
        int most = width() > 1 ? 0 : Math.min(room - length, order.capacity() - length - 1);
        return new Slice(id(), cached, 1, Math.max(0, Math.min(drafts, most)));
    }

    void ran(int count) {
        if (count > pending()) {
            throw new IllegalStateException("Sequence %d ran %d tokens of %d".formatted(id(), count, pending()));
        }
        cached += count;
    }

    /** Its rows have so many tokens more, all but the last of which have run. */
    void grow(int tokens) {
        if (tokens < 1 || length + tokens > order.capacity()) {
            throw new IllegalStateException("Sequence %d has %d of its %d tokens and gets %d"
                    .formatted(id(), length, order.capacity(), tokens));
        }
        length += tokens;
        ran(tokens - 1);
    }

    /** Its cache is gone: all of its tokens are to be run again. */
    void loseCache() {
        cached = 0;
        room = 0;
    }
}
