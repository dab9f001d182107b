package dev.paddock.worker.guard;

/**
 * A row and the guard's judgement of it.
 *
 * @param score P(unsafe) / (P(safe) + P(unsafe)) of the first token
 * @param mass P(safe) + P(unsafe)
 */
record ScoredRow(GuardRow row, double score, double mass) {
    static final double THRESHOLD = 0.5;

    boolean flagged() {
        return score >= THRESHOLD;
    }
}
