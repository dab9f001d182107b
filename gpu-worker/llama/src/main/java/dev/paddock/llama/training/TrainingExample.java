package dev.paddock.llama.training;

/**
 * A document to learn from. Each record of it is a document of its own wherever it is packed.
 *
 * @param tokens token ids
 * @param weights for each token, what its negative log-likelihood counts in the loss: 0 for a prompt's, 1 for an answer's; the
 *     first token is never predicted
 */
@SuppressWarnings("ArrayRecordComponent")
public record TrainingExample(int[] tokens, float[] weights) {
    public TrainingExample {
        if (tokens.length == 0 || tokens.length != weights.length) {
            throw new IllegalArgumentException(
                    "an example needs tokens and one weight for each, got " + tokens.length + " and " + weights.length);
        }
    }

    /** Every token counts, as in pre-training. */
    public static TrainingExample text(int[] tokens) {
        float[] weights = new float[tokens.length];
        java.util.Arrays.fill(weights, 1);
        return new TrainingExample(tokens, weights);
    }

    /** Only the tokens from {@code answer} on count. */
    public static TrainingExample answer(int[] tokens, int answer) {
        float[] weights = new float[tokens.length];
        java.util.Arrays.fill(weights, answer, tokens.length, 1);
        return new TrainingExample(tokens, weights);
    }

    /** The same with weights that are multiplied. */
    public TrainingExample weighted(float factor) {
        if (factor == 1) {
            return this;
        }
        float[] multiplied = weights.clone();
        for (int i = 0; i < multiplied.length; i++) {
            multiplied[i] *= factor;
        }
        return new TrainingExample(tokens, multiplied);
    }

    int length() {
        return tokens.length;
    }

    /** Number of tokens that count. */
    int targets() {
        int targets = 0;
        for (int i = 1; i < weights.length; i++) {
            targets += weights[i] > 0 ? 1 : 0;
        }
        return targets;
    }
}
