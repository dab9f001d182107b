package dev.paddock.llama.training.objective;

import java.util.ArrayList;
import java.util.List;

/** An objective in which every comparison of a chosen with a rejected answer counts by itself. */
sealed interface PairObjective extends Objective permits Dpo, Ipo, Orpo, SimPo {
    /** Loss of one pair and its slope. */
    record PairLoss(double loss, Slope slope) {}

    PairLoss loss(AnswerScore chosen, AnswerScore rejected);

    @Override
    default BatchLoss loss(List<ScoredComparison> batch) {
        double sum = 0;
        List<Slope> slopes = new ArrayList<>();
        for (ScoredComparison pair : batch) {
            PairLoss loss = loss(pair.first(), pair.second());
            sum += pair.weight() * loss.loss();
            slopes.add(loss.slope().times(pair.weight()));
        }
        return new BatchLoss(sum, slopes);
    }
}
