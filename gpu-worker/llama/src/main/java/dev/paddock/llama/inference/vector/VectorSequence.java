package dev.paddock.llama.inference.vector;

import dev.paddock.kernels.CacheType;
import dev.paddock.kernels.KeyValueCache;
import dev.paddock.llama.config.LlamaConfig;
import dev.paddock.llama.inference.Rotary;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A sequence's caches, one a layer. */
final class VectorSequence {
    private final List<KeyValueCache> caches = new ArrayList<>();
    private final Rotary rotary;
    private final @Nullable String adapter;
    private final int capacity;
    private int length;

    VectorSequence(LlamaConfig config, CacheType cacheType, @Nullable String adapter, int capacity) {
        for (int layer = 0; layer < config.layers(); layer++) {
            caches.add(new KeyValueCache(cacheType, config.keyValueHeads(), config.headSize(), capacity));
        }
        this.rotary = new Rotary(config, capacity);
        this.adapter = adapter;
        this.capacity = capacity;
    }

    KeyValueCache cache(int layer) {
        return caches.get(layer);
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

    /** Makes room for tokens to be appended. */
    void reserve(int tokens) {
        checkRoom(tokens);
        caches.forEach(cache -> cache.reserve(length + tokens));
    }

    private void checkRoom(int tokens) {
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

    /** Begins as another one does. */
    void begin(VectorSequence parent, int tokens) {
        checkRoom(tokens);
        for (int layer = 0; layer < caches.size(); layer++) {
            caches.get(layer).begin(parent.cache(layer), tokens);
        }
        grow(tokens);
    }
}
