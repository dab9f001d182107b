package dev.paddock.llama.inference.vector;

/** Takes a sequence's keys and values, layer by layer. */
public interface CacheSink {
    /**
     * Takes one layer's; the arrays are used again for the next.
     *
     * @param keys {@code [tokens, keyValueHeads * headSize]} after rotary positions, halves of heads as Hugging Face has them
     * @param values as many
     */
    void accept(int layer, float[] keys, float[] values);
}
