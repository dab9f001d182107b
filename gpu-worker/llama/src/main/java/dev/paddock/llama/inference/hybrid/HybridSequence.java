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

    void grewIn(Executor executor, int tokens) {
        if (executor == few) {
            fewTokens += tokens;
        } else {
            manyTokens += tokens;
        }
    }

    /** The sequence in libtorch, with all of its tokens. */
    long inMany() {
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

    /** A sequence that begins as this one does, in each of the two as far as this one has come there. */
    HybridSequence fork(int tokens, int copyCapacity) {
        if (tokens < 1 || tokens > Math.max(manyTokens, fewTokens)) {
            throw new IllegalArgumentException(
                    "%d tokens of a sequence that has %d".formatted(tokens, Math.max(manyTokens, fewTokens)));
        }
        int inMany = Math.min(tokens, manyTokens);
        long copy = inMany == 0 ? many.open(adapter, copyCapacity) : many.fork(manyId, inMany, copyCapacity);
        HybridSequence child = new HybridSequence(many, few, copy, inMany, adapter, copyCapacity);
        if (fewTokens >= tokens) {
            child.beginInFew(this, tokens);
        }
        return child;
    }

    private void beginInFew(HybridSequence parent, int tokens) {
        try {
            fewId = few.fork(parent.fewId, tokens, capacity);
            fewTokens = tokens;
        } catch (RuntimeException e) {
            many.release(manyId);
            throw e;
        }
    }

    /** Takes all tokens but the first ones out of both. */
    void truncate(int tokens) {
        if (tokens < 1 || tokens > Math.max(manyTokens, fewTokens)) {
            throw new IllegalArgumentException(
                    "%d tokens of a sequence that has %d".formatted(tokens, Math.max(manyTokens, fewTokens)));
        }
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
