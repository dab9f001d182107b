package dev.paddock.llama.inference;

import dev.paddock.llama.config.LlamaConfig;

/**
 * Cosines and sines of rotary positions (Su et al. 2021, arXiv:2104.09864) for one sequence. Where frequencies depend on the
 * length (dynamic, longrope), those of the length the sequence may reach hold for all of its tokens, so that its cached keys fit.
 */
public final class Rotary {
    private final float[] inverseFrequencies;
    private final float factor;

    /** @param capacity most tokens that the sequence will have */
    public Rotary(LlamaConfig config, int capacity) {
        inverseFrequencies = config.inverseFrequencies(capacity);
        factor = (float) config.attentionFactor();
    }

    /** Width of a row: the head size. */
    public int width() {
        return 2 * inverseFrequencies.length;
    }

    /** Writes one position's row of cosines, and of sines with the first half negated. */
    public void write(int position, float[] cosines, float[] sines, int row) {
        int half = inverseFrequencies.length;
        for (int i = 0; i < half; i++) {
            float angle = position * inverseFrequencies[i];
            int at = row * width() + i;
            cosines[at] = cosines[at + half] = (float) Math.cos(angle) * factor;
            sines[at + half] = (float) Math.sin(angle) * factor;
            sines[at] = -sines[at + half];
        }
    }
}
