package dev.paddock.llama.training.objective;

import dev.paddock.llama.config.Rules;

/**
 * Direct preference optimisation (Rafailov et al. 2023, arXiv:2305.18290), equation 7, with the label smoothing of conservative
 * DPO (Mitchell 2023, ericmitchell.ai/cdpo.pdf): {@code -(1 - e) log s(d) - e log s(-d)} with
 * {@code d = beta ((log p(w) - log r(w)) - (log p(l) - log r(l)))}, p the policy, r the reference, w and l the chosen and the
 * rejected answer, s the logistic function.
 *
 * @param beta how strongly the policy is held to the reference
 * @param labelSmoothing probability e that a preference is the wrong way round, below one half
 */
public record Dpo(double beta, double labelSmoothing) implements PairObjective {
    public Dpo {
        Rules.positive("beta", beta);
        ObjectiveRules.smoothing(labelSmoothing);
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
        double d = beta * (chosen.logRatio() - rejected.logRatio());
        double slope = beta * Sigmoid.slope(d, labelSmoothing);
        return new PairLoss(Sigmoid.loss(d, labelSmoothing), new Slope(slope, -slope));
    }
}
