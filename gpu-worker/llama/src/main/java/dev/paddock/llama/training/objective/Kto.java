package dev.paddock.llama.training.objective;

import dev.paddock.llama.config.Rules;
import java.util.ArrayList;
import java.util.List;

/**
 * Kahneman-Tversky optimisation (Ethayarajh et al. 2024, arXiv:2402.01306), equations 7 and 8: {@code wD (1 - s(beta (d - z)))}
 * for a desirable answer and {@code wU (1 - s(beta (z - d)))} for an undesirable one, with {@code d = log p - log r}. As in the
 * paper's section 4.1 and in TRL, the reference point z is the batch's mean log-ratio of unrelated answers (each prompt with
 * the answer of another row), at least 0, and no gradient goes through it. It is an estimate of the KL divergence that needs
 * more than a few rows in a batch.
 *
 * @param beta how strongly the policy is held to the reference
 * @param desirableWeight wD
 * @param undesirableWeight wU
 */
public record Kto(double beta, double desirableWeight, double undesirableWeight) implements Objective {
    public Kto {
        Rules.positive("beta", beta);
        Rules.notNegative("desirableWeight", desirableWeight);
        Rules.notNegative("undesirableWeight", undesirableWeight);
    }

    @Override
    public boolean learnsFromSecond() {
        return false;
    }

    @Override
    public double reward(AnswerScore answer) {
        return beta * answer.logRatio();
    }

    @Override
    public boolean needsReference() {
        return true;
    }

    @Override
    public BatchLoss loss(List<ScoredComparison> batch) {
        double divergence = Math.max(
                0,
                batch.stream()
                        .mapToDouble(row -> row.second().logRatio())
                        .average()
                        .orElse(0));
        double sum = 0;
        List<Slope> slopes = new ArrayList<>();
        for (ScoredComparison row : batch) {
            double sign = row.desirable() ? 1 : -1;
            double weight = row.weight() * (row.desirable() ? desirableWeight : undesirableWeight);
            double s = Sigmoid.of(sign * beta * (row.first().logRatio() - divergence));
            sum += weight * (1 - s);
            slopes.add(new Slope(-sign * weight * beta * s * (1 - s), 0));
        }
        return new BatchLoss(sum, slopes);
    }
}
