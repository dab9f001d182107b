package dev.paddock.llama.inference;

import dev.paddock.llama.config.LlamaConfig;
import org.jspecify.annotations.Nullable;

/** How far a sequence has come in an executor that holds its cache. */
public abstract class OpenSequence {
    private final Rotary rotary;
    private final @Nullable String adapter;
    private final int capacity;
    private int length;

    /**
     * One without tokens.
     *
     * @param capacity most tokens it will hold
     * @throws IllegalArgumentException where that is not 1 to the model's context
     */
    protected OpenSequence(LlamaConfig config, @Nullable String adapter, int capacity) {
        if (capacity < 1 || capacity > config.contextLength()) {
            throw new IllegalArgumentException(
                    "capacity is %d; it must be 1 to %d".formatted(capacity, config.contextLength()));
        }
        this.rotary = new Rotary(config, capacity);
        this.adapter = adapter;
        this.capacity = capacity;
    }

    /** Where its tokens' places are encoded. */
    public final Rotary rotary() {
        return rotary;
    }

    public final @Nullable String adapter() {
        return adapter;
    }

    /** Tokens in its cache. */
    public final int length() {
        return length;
    }

    /**
     * So many tokens more must fit.
     *
     * @throws IllegalArgumentException where they do not
     */
    public final void checkRoom(int tokens) {
        if (length + tokens > capacity) {
            throw new IllegalArgumentException(
                    "%d tokens after %d do not fit a cache of %d".formatted(tokens, length, capacity));
        }
    }

    /**
     * It must begin with so many tokens, 1 or more.
     *
     * @throws IllegalArgumentException where it does not
     */
    public final void checkBeginning(int tokens) {
        if (tokens < 1 || tokens > length) {
            throw new IllegalArgumentException("%d tokens of a sequence that has %d".formatted(tokens, length));
        }
    }

    /** So many tokens more are in its cache. */
    public final void grow(int tokens) {
        length += tokens;
    }

    /** Forgets all tokens but the first ones; what is appended next takes their places. */
    public final void truncate(int tokens) {
        checkBeginning(tokens);
        length = tokens;
    }
}
