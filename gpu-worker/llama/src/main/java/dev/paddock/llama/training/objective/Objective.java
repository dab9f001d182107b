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

    /** Loss and slopes of the comparisons of one batch. */
    BatchLoss loss(List<ScoredComparison> batch);
}
