package dev.paddock.llama.inference.vector;

/** Gives a sequence's keys and values, layer by layer. */
public interface CacheSource {
    /**
     * Writes one layer's.
     *
     * @param keys takes {@code [tokens, keyValueHeads * headSize]} after rotary positions, halves of heads as Hugging Face has them
     * @param values takes as many
     */
    void read(int layer, float[] keys, float[] values);
}
