package dev.paddock.llama.training.objective;

import dev.paddock.llama.config.Rules;

/**
 * Simple preference optimisation (Meng et al. 2024, arXiv:2405.14734), equation 6: {@code -log s(d)} with
 * {@code d = beta (log p(w) / |w| - log p(l) / |l|) - gamma}, without a reference; smoothed as in {@link Dpo}.
 *
 * @param beta scale of the mean log-probabilities
 * @param gamma margin by which the chosen answer is to lead
 * @param labelSmoothing probability that a preference is the wrong way round, below one half
 */
public record SimPo(double beta, double gamma, double labelSmoothing) implements PairObjective {
    public SimPo {
        Rules.positive("beta", beta);
        Rules.notNegative("gamma", gamma);
        ObjectiveRules.smoothing(labelSmoothing);
    }

    @Override
    public double reward(AnswerScore answer) {
        return beta * answer.mean();
    }

    @Override
    public boolean needsReference() {
        return false;
    }

    @Override
    public PairLoss loss(AnswerScore chosen, AnswerScore rejected) {
        double d = beta * (chosen.mean() - rejected.mean()) - gamma;
        double slope = beta * Sigmoid.slope(d, labelSmoothing);
        return new PairLoss(
                Sigmoid.loss(d, labelSmoothing), new Slope(slope / chosen.tokens(), -slope / rejected.tokens()));
    }
}
