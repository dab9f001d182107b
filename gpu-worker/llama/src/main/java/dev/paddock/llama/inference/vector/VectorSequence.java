package dev.paddock.llama.inference.vector;

import dev.paddock.kernels.CacheType;
import dev.paddock.kernels.KeyValueCache;
import dev.paddock.llama.config.LlamaConfig;
import dev.paddock.llama.inference.OpenSequence;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A sequence's caches, one a layer. */
final class VectorSequence extends OpenSequence {
    private final List<KeyValueCache> caches = new ArrayList<>();

    VectorSequence(LlamaConfig config, CacheType cacheType, @Nullable String adapter, int capacity) {
        super(config, adapter, capacity);
        for (int layer = 0; layer < config.layers(); layer++) {
            caches.add(new KeyValueCache(cacheType, config.keyValueHeads(), config.headSize(), capacity));
        }
    }

    KeyValueCache cache(int layer) {
        return caches.get(layer);
    }

    /** Makes room for tokens to be appended. */
    void reserve(int tokens) {
        checkRoom(tokens);
        caches.forEach(cache -> cache.reserve(length() + tokens));
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
