package dev.paddock.benchmarks;

import dev.paddock.llama.config.LlamaConfig;
import java.util.Random;

/** Token ids without meaning: speed does not depend on them, and both sides get the same. */
public final class RandomTokens {
    private final int vocabulary;
    private final Random random;

    public RandomTokens(LlamaConfig config, long seed) {
        vocabulary = config.vocabularySize();
        random = new Random(seed);
    }

    /** Rows of ids. */
    public int[][] rows(int rows, int length) {
        int[][] ids = new int[rows][];
        for (int row = 0; row < rows; row++) {
            ids[row] = random.ints(length, 0, vocabulary).toArray();
        }
        return ids;
    }
}
