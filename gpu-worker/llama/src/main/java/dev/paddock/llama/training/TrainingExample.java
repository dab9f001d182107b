package dev.paddock.llama.training;

/**
 * A document to learn from. Each record of it is a document of its own wherever it is packed.
 *
 * @param tokens token ids
 * @param weights for each token, what its negative log-likelihood counts in the loss: 0 for a prompt's, 1 for an answer's; the
 *     first token is never predicted
 * @param labels for each token, the output of a classification head that is learnt at its place; empty where the next token is
 *     learnt
 * @param source where its row is from
 */
@SuppressWarnings("ArrayRecordComponent")
public record TrainingExample(int[] tokens, float[] weights, int[] labels, String source) {
    public TrainingExample {
        if (tokens.length == 0 || tokens.length != weights.length) {
            throw new IllegalArgumentException(
                    "an example needs tokens and one weight for each, got " + tokens.length + " and " + weights.length);
        }
        if (labels.length != 0 && labels.length != tokens.length) {
            throw new IllegalArgumentException("an example needs one label for each of its " + tokens.length
                    + " tokens or none, got " + labels.length);
        }
    }

    /** A document of the domain. */
    public TrainingExample(int[] tokens, float[] weights, int[] labels) {
        this(tokens, weights, labels, RowMark.DOMAIN);
    }

    /** A document whose next tokens are learnt. */
    public TrainingExample(int[] tokens, float[] weights) {
        this(tokens, weights, new int[0]);
    }

    /** A text with one label, learnt at its last token. */
    public static TrainingExample labelled(int[] tokens, int label) {
        float[] weights = new float[tokens.length];
        weights[tokens.length - 1] = 1;
        int[] labels = new int[tokens.length];
        labels[tokens.length - 1] = label;
        return new TrainingExample(tokens, weights, labels);
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
        return new TrainingExample(tokens, multiplied, labels, source);
    }

    /** Its first tokens. */
    TrainingExample first(int count) {
        return count == tokens.length
                ? this
                : new TrainingExample(
                        java.util.Arrays.copyOf(tokens, count),
                        java.util.Arrays.copyOf(weights, count),
                        java.util.Arrays.copyOf(labels, Math.min(labels.length, count)),
                        source);
    }

    /** The same from another source. */
    public TrainingExample from(String other) {
        return new TrainingExample(tokens, weights, labels, other);
    }

    /** The same as its row says. */
    TrainingExample marked(RowMark mark) {
        return weighted(mark.weight()).from(mark.source());
    }

    int length() {
        return tokens.length;
    }

    boolean isLabelled() {
        return labels.length > 0;
    }

    /** Number of tokens that count. */
    int targets() {
        int targets = 0;
        for (int i = isLabelled() ? 0 : 1; i < weights.length; i++) {
            targets += weights[i] > 0 ? 1 : 0;
        }
        return targets;
    }
}
