package dev.paddock.llama.classification;

import dev.paddock.llama.inference.sampling.NotFiniteException;

/** Logits as probabilities. */
final class Softmax {
    private Softmax() {}

    /** @throws NotFiniteException where a logit is no number */
    static double[] of(float[] logits) {
        double most = Double.NEGATIVE_INFINITY;
        for (float logit : logits) {
            if (!Float.isFinite(logit)) {
                throw new NotFiniteException(logit);
            }
            most = Math.max(most, logit);
        }
        double[] values = new double[logits.length];
        double sum = 0;
        for (int i = 0; i < logits.length; i++) {
            values[i] = Math.exp(logits[i] - most);
            sum += values[i];
        }
        for (int i = 0; i < values.length; i++) {
            values[i] /= sum;
        }
        return values;
    }

    /** The first of the largest. */
    static int likeliest(double[] probabilities) {
        int best = 0;
        for (int i = 1; i < probabilities.length; i++) {
            best = probabilities[i] > probabilities[best] ? i : best;
        }
        return best;
    }
}
