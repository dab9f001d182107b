package dev.paddock.llama.training;

import dev.paddock.llama.config.Rules;

/**
 * Settings of AdamW (Loshchilov and Hutter 2019, arXiv:1711.05101).
 *
 * @param weightDecay share of a weight that a step at learning rate 1 would take away, apart from the gradient
 */
public record AdamW(double beta1, double beta2, double epsilon, double weightDecay) {
    public static final AdamW DEFAULT = new AdamW(0.9, 0.999, 1e-8, 0.01);

    public AdamW {
        Rules.share("beta1", beta1);
        Rules.share("beta2", beta2);
        Rules.positive("epsilon", epsilon);
        Rules.notNegative("weightDecay", weightDecay);
    }
}
