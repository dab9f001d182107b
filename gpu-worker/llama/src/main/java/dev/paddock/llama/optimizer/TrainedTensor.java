package dev.paddock.llama.optimizer;

import dev.paddock.llama.config.Rules;

/**
 * A tensor that an optimizer updates.
 *
 * @param rows rows, or elements of a vector
 * @param columns elements of a row; 0 for a vector
 * @param decay whether weight decay applies
 */
public record TrainedTensor(int rows, int columns, boolean decay) {
    public TrainedTensor {
        Rules.atLeast("rows", rows, 1);
        Rules.atLeast("columns", columns, 0);
    }

    /** Numbers of the tensor. */
    public long elements() {
        return (long) rows * Math.max(1, columns);
    }
}
