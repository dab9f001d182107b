package dev.paddock.worker.guard;

/**
 * Settings of the recipe's training.
 *
 * @param seed of the choice of rows, of shuffling and of initial values
 * @param rank of the low-rank updates of all seven linear layers of every block
 * @param batchRows packed sequences per update
 * @param sequenceLength least room of a packed sequence, in tokens; the longest row when that is longer
 * @param threads that compute; 0 for as many as there are
 */
public record GuardSettings(
        long seed,
        int rank,
        double alpha,
        int epochs,
        int batchRows,
        int sequenceLength,
        double learningRate,
        int warmupSteps,
        int threads) {
    public GuardSettings {
        if (epochs < 1 || epochs > 1000) {
            throw new IllegalArgumentException("epochs must be 1 to 1000, was " + epochs);
        }
    }

    /** The settings of the recipe: those for the short taxonomy suit the tiny model. */
    public static GuardSettings recipe(GuardTaxonomy taxonomy, long seed) {
        return switch (taxonomy) {
            case DEFAULT -> new GuardSettings(seed, 4, 8, 1, 2, 640, 1e-3, 5, 0);
            case SHORT -> new GuardSettings(seed, 8, 16, 16, 2, 640, 2e-3, 5, 1);
        };
    }

    /** These settings with another number of passes over the rows, at least 1. */
    public GuardSettings withEpochs(int number) {
        return new GuardSettings(
                seed, rank, alpha, number, batchRows, sequenceLength, learningRate, warmupSteps, threads);
    }
}
