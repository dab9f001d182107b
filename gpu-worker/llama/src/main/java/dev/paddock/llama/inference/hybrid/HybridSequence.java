package dev.paddock.llama.inference.hybrid;

import dev.paddock.llama.inference.Executor;
import dev.paddock.llama.inference.libtorch.LibtorchExecutor;
import dev.paddock.llama.inference.vector.VectorExecutor;
import org.jspecify.annotations.Nullable;

/** One sequence's cache in two executors, of which one may lag behind the other. */
final class HybridSequence implements AutoCloseable {
    private static final long NONE = 0;

    private final LibtorchExecutor many;
    private final VectorExecutor few;
    private final long manyId;
    private final @Nullable String adapter;
    private final int capacity;
    private long fewId = NONE;
    private int manyTokens;
    private int fewTokens;

    HybridSequence(
            LibtorchExecutor many,
            VectorExecutor few,
            long manyId,
            int tokens,
            @Nullable String adapter,
            int capacity) {
        this.many = many;
        this.few = few;
        this.manyId = manyId;
        this.manyTokens = tokens;
        this.adapter = adapter;
        this.capacity = capacity;
    }

    /** The sequence in one of the two, with all of its tokens. */
    long in(Executor executor) {
        return executor == few ? inFew() : inMany();
    }

    /** Whether its last tokens ran on vectors. */
    boolean isInFew() {
        return fewTokens > manyTokens;
    }

    void grewIn(Executor executor, int tokens) {
        if (executor == few) {
            fewTokens += tokens;
        } else {
            manyTokens += tokens;
        }
    }

    private long inMany() {
        if (manyTokens < fewTokens) {
            many.append(manyId, fewTokens - manyTokens, few.cache(fewId, manyTokens));
            manyTokens = fewTokens;
        }
        return manyId;
    }

    private long inFew() {
        if (fewId == NONE) {
            fewId = few.open(adapter, capacity);
        }
        if (fewTokens < manyTokens) {
            few.append(fewId, manyTokens - fewTokens, many.cache(manyId, fewTokens));
            fewTokens = manyTokens;
        }
        return fewId;
    }

    /** One that begins with its first tokens, in each executor as far as they are there. */
    HybridSequence fork(int tokens, int room) {
        requireTokens(tokens);
        int shared = Math.min(tokens, manyTokens);
        long inMany = shared == 0 ? many.open(adapter, room) : many.fork(manyId, shared, room);
        HybridSequence child = new HybridSequence(many, few, inMany, shared, adapter, room);
        try {
            child.beginInFew(this, tokens);
        } catch (RuntimeException | Error e) {
            child.close();
            throw e;
        }
        return child;
    }

    private void beginInFew(HybridSequence parent, int tokens) {
        if (parent.fewTokens > 0) {
            int shared = Math.min(tokens, parent.fewTokens);
            fewId = few.fork(parent.fewId, shared, capacity);
            fewTokens = shared;
        }
    }

    private void requireTokens(int tokens) {
        int present = Math.max(manyTokens, fewTokens);
        if (tokens < 1 || tokens > present) {
            throw new IllegalArgumentException("%d tokens of a sequence that has %d".formatted(tokens, present));
        }
    }

    /** Takes all tokens but the first ones out of both. */
    void truncate(int tokens) {
        requireTokens(tokens);
        if (manyTokens > tokens) {
            many.truncate(manyId, tokens);
            manyTokens = tokens;
        }
        if (fewTokens > tokens) {
            few.truncate(fewId, tokens);
            fewTokens = tokens;
        }
    }

    @Override
    public void close() {
        many.release(manyId);
        if (fewId != NONE) {
            few.release(fewId);
        }
    }
}
