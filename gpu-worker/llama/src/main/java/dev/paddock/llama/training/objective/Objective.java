package dev.paddock.llama.training.objective;

import java.util.List;

/**
 * A loss of comparisons that sees of the model only how likely each answer is. The gradient of such a loss is that of a
 * weighted sum of token log-probabilities, and the weights, negative ones among them, are its slopes; so every objective
 * trains with the blocks and the head that cross-entropy trains with. Its text form names it with its settings.
 */
public interface Objective {
    /** Whether the scores need the reference model. */
    boolean needsReference();

    /** Whether the loss has a slope in the second answer; one without is scored and not learnt from. */
    default boolean learnsFromSecond() {
        return true;
    }

    /** The reward that an answer has under the model in training, as its loss sees it (up to what both answers share). */
    double reward(AnswerScore answer);

    /** Loss and slopes of the comparisons of one batch. */
    BatchLoss loss(List<ScoredComparison> batch);
}
