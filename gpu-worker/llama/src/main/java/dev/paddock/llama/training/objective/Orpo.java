package dev.paddock.llama.training.objective;

import dev.paddock.llama.config.Rules;

/**
 * Odds ratio preference optimisation (Hong et al. 2024, arXiv:2403.07691), equations 6 and 7: the chosen answer's mean negative
 * log-likelihood and {@code -lambda log s(log odds(w) - log odds(l))} with {@code odds = P / (1 - P)} and P the exponential of
 * the mean log-probability of a token. The likelihood is the answer's, as in the paper; TRL takes the prompt's tokens, too.
 *
 * @param lambda weight of the odds ratio
 */
public record Orpo(double lambda) implements PairObjective {
    /** An answer that is certain has infinite odds; nothing is taken for likelier than this. */
    private static final double MOST_LIKELY = -1e-9;

    public Orpo {
        Rules.positive("lambda", lambda);
    }

    @Override
    public double reward(AnswerScore answer) {
        return lambda * answer.mean();
    }

    @Override
    public boolean needsReference() {
        return false;
    }

    @Override
    public PairLoss loss(AnswerScore chosen, AnswerScore rejected) {
        double w = Math.min(chosen.mean(), MOST_LIKELY);
        double l = Math.min(rejected.mean(), MOST_LIKELY);
        double ratio = logOdds(w) - logOdds(l);
        double slope = lambda * Sigmoid.slope(ratio, 0);
        return new PairLoss(
                -chosen.mean() - lambda * Sigmoid.log(ratio),
                new Slope((slope * oddsSlope(w) - 1) / chosen.tokens(), -slope * oddsSlope(l) / rejected.tokens()));
    }

    private static double logOdds(double logProbability) {
        return logProbability - Math.log(-Math.expm1(logProbability));
    }

    private static double oddsSlope(double logProbability) {
        return -1 / Math.expm1(logProbability);
    }
}
