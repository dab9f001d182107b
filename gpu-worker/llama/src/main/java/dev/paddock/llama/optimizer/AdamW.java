package dev.paddock.llama.optimizer;

import dev.paddock.llama.config.Rules;

/**
 * The update rule of AdamW (Loshchilov and Hutter 2019, arXiv:1711.05101), in fp32.
 *
 * @param beta1 decay of the first moment, in [0, 1)
 * @param beta2 decay of the second moment, in [0, 1)
 * @param epsilon added to the root of the second moment
 * @param weightDecay share of a weight that an update at learning rate 1 takes away, apart from the gradient
 */
public record AdamW(double beta1, double beta2, double epsilon, double weightDecay) {
    /** PyTorch's defaults. */
    public static final AdamW DEFAULT = new AdamW(0.9, 0.999, 1e-8, 0.01);

    public AdamW {
        Rules.share("beta1", beta1);
        Rules.share("beta2", beta2);
        Rules.positive("epsilon", epsilon);
        Rules.notNegative("weightDecay", weightDecay);
    }

    /** Updates {@code count} parameters and their moments. */
    void apply(UpdateStep step, boolean decay, Numbers x, int count) {
        float scale = (float) step.gradientScale();
        float keep1 = (float) beta1;
        float take1 = (float) (1 - beta1);
        float keep2 = (float) beta2;
        float take2 = (float) (1 - beta2);
        float shrink = (float) (1 - (decay ? step.learningRate() * weightDecay : 0));
        float rate = (float) (-step.learningRate() / (1 - Math.pow(beta1, step.number())));
        float root = (float) Math.sqrt(1 - Math.pow(beta2, step.number()));
        float small = (float) epsilon;
        for (int i = 0; i < count; i++) {
            float gradient = x.gradients[i] * scale;
            float first = x.first[i] * keep1 + gradient * take1;
            float second = x.second[i] * keep2 + take2 * gradient * gradient;
            float divisor = (float) Math.sqrt(second) / root + small;
            x.first[i] = first;
            x.second[i] = second;
            x.parameters[i] = x.parameters[i] * shrink + rate * first / divisor;
        }
    }

    /** A piece of a tensor, its gradients and moments. */
    static final class Numbers {
        final float[] parameters;
        final float[] gradients;
        final float[] first;
        final float[] second;

        Numbers(int most) {
            parameters = new float[most];
            gradients = new float[most];
            first = new float[most];
            second = new float[most];
        }
    }
}
