package dev.paddock.llama.training.objective;

/**
 * Two answers to one prompt.
 *
 * @param first the chosen answer, or the one that was judged
 * @param second the rejected answer, or an unrelated one
 * @param desirable whether the first is a good answer; a chosen one is
 * @param weight what its loss is multiplied with
 */
public record ScoredComparison(AnswerScore first, AnswerScore second, boolean desirable, double weight) {
    /** A comparison that counts as one. */
    public ScoredComparison(AnswerScore first, AnswerScore second, boolean desirable) {
        this(first, second, desirable, 1);
    }
}
