package dev.paddock.llama.inference.libtorch;

import ai.djl.ndarray.NDArray;
import dev.paddock.llama.inference.Rotary;
import dev.paddock.llama.torch.TensorScope;
import org.jspecify.annotations.Nullable;

/**
 * A sequence's keys and values, {@code [L, 2, K, capacity, E]}, written in place; pages are taken from the system when first written.
 * Each token's of a head in 8 bits have a scale of their own, {@code [L, 2, K, capacity, 1]}; others none, {@code [L, 2, K, 0, 1]}.
 */
final class CachedSequence implements AutoCloseable {
    private final TensorScope scope;
    private final NDArray numbers;
    private final NDArray scales;
    private final Rotary rotary;
    private final @Nullable String adapter;
    private final int capacity;
    private int length;

    CachedSequence(
            TensorScope scope, NDArray numbers, NDArray scales, Rotary rotary, @Nullable String adapter, int capacity) {
        this.scope = scope;
        this.numbers = numbers;
        this.scales = scales;
        this.rotary = rotary;
        this.adapter = adapter;
        this.capacity = capacity;
    }

    NDArray numbers() {
        return numbers;
    }

    NDArray scales() {
        return scales;
    }

    Rotary rotary() {
        return rotary;
    }

    @Nullable String adapter() {
        return adapter;
    }

    int length() {
        return length;
    }

    void checkRoom(int tokens) {
        if (length + tokens > capacity) {
            throw new IllegalArgumentException(
                    "%d tokens after %d do not fit a cache of %d".formatted(tokens, length, capacity));
        }
    }

    void grow(int tokens) {
        length += tokens;
    }

    /** Forgets all tokens but the first ones; what is appended next takes their places. */
    void truncate(int tokens) {
        if (tokens < 1 || tokens > length) {
            throw new IllegalArgumentException("%d tokens of a sequence that has %d".formatted(tokens, length));
        }
        length = tokens;
    }

    @Override
    public void close() {
        scope.close();
    }
}
