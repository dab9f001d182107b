package dev.paddock.llama.inference.libtorch;

import ai.djl.ndarray.NDArray;
import dev.paddock.llama.config.LlamaConfig;
import dev.paddock.llama.inference.OpenSequence;
import dev.paddock.llama.torch.ScalarType;
import dev.paddock.llama.torch.ScriptModule;
import dev.paddock.llama.torch.TensorScope;
import org.jspecify.annotations.Nullable;

/**
 * A sequence's keys and values, {@code [L, 2, K, capacity, E]}, written in place; pages are taken from the system when first written.
 * Each token's of a head in 8 bits have a scale of their own, {@code [L, 2, K, capacity, 1]}; others none, {@code [L, 2, K, 0, 1]}.
 */
final class CachedSequence extends OpenSequence implements AutoCloseable {
    private final TensorScope scope;
    private final NDArray numbers;
    private final NDArray scales;

    /**
     * One without tokens.
     *
     * @param type of the numbers
     * @param scope takes the cache, and is closed with the sequence; where this throws, by the caller
     */
    CachedSequence(
            LlamaConfig config,
            @Nullable String adapter,
            int capacity,
            ScriptModule script,
            ScalarType type,
            TensorScope scope) {
        super(config, adapter, capacity);
        this.scope = scope;
        long layers = config.layers();
        long heads = config.keyValueHeads();
        long scaled = type == ScalarType.INT8 ? capacity : 0;
        numbers =
                script.tensor(scope, "empty", new long[] {layers, 2, heads, capacity, config.headSize()}, type.code());
        scales = script.tensor(scope, "empty", new long[] {layers, 2, heads, scaled, 1}, ScalarType.FLOAT32.code());
    }

    NDArray numbers() {
        return numbers;
    }

    NDArray scales() {
        return scales;
    }

    @Override
    public void close() {
        scope.close();
    }
}
