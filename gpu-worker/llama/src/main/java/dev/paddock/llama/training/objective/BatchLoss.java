package dev.paddock.llama.training.objective;

import java.util.List;

/**
 * A batch's loss.
 *
 * @param sum over its comparisons
 * @param slopes derivatives of that sum, one for each comparison
 */
public record BatchLoss(double sum, List<Slope> slopes) {
    public BatchLoss {
        slopes = List.copyOf(slopes);
    }
}
