package dev.paddock.llama.inference;

/** Keys and values of some tokens of a sequence, layer by layer, as one executor hands them to another of the same model. */
public interface CacheSource {
    /**
     * Writes one layer's.
     *
     * @param keys takes {@code [tokens, keyValueHeads * headSize]} after rotary positions, halves of heads as Hugging Face has them
     * @param values takes as many
     */
    void read(int layer, float[] keys, float[] values);
}
