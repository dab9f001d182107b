package dev.paddock.llama.training.objective;

import dev.paddock.llama.config.Rules;

/**
 * Identity preference optimisation (Azar et al. 2023, arXiv:2310.12036), equation 17: {@code (h - 1 / (2 beta))²} with
 * {@code h = (log p(w) - log r(w)) / |w| - (log p(l) - log r(l)) / |l|}. The division by the answers' tokens is TRL's, agreed
 * there with the paper's authors.
 *
 * @param beta the paper's tau: {@code 1 / (2 beta)} is the margin that is aimed at
 */
public record Ipo(double beta) implements PairObjective {
    public Ipo {
        Rules.positive("beta", beta);
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
    public PairLoss loss(AnswerScore chosen, AnswerScore rejected) {
        double h = chosen.logRatio() / chosen.tokens() - rejected.logRatio() / rejected.tokens();
        double miss = h - 1 / (2 * beta);
        return new PairLoss(miss * miss, new Slope(2 * miss / chosen.tokens(), -2 * miss / rejected.tokens()));
    }
}
