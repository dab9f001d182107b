package dev.paddock.llama.training.objective;

/**
 * How likely an answer is after its prompt.
 *
 * @param policy sum of the log-probabilities of its tokens under the model in training, in nats
 * @param reference the same under the model before training; 0 where the objective does not ask for it
 * @param tokens tokens that were summed
 */
public record AnswerScore(double policy, double reference, int tokens) {
    /** Log of how many times likelier the answer became. */
    double logRatio() {
        return policy - reference;
    }

    /** Mean log-probability of a token. */
    double mean() {
        return policy / tokens;
    }
}
