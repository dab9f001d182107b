package dev.paddock.llama.inference;

import java.util.Arrays;
import java.util.List;

/** How much each of several adapters under gates has acted on an answer's tokens: the mean of its weights over tokens and gates. */
final class RoutingShares {
    private double[] sums = new double[0];

    /** Adds a token's weights, summed over gates; none where no gate chose. */
    void add(float[] weights) {
        if (sums.length < weights.length) {
            sums = new double[weights.length];
        }
        for (int i = 0; i < weights.length; i++) {
            sums[i] += weights[i];
        }
    }

    /** Shares that sum to 1, in the adapters' order; empty where no gate has chosen. */
    List<Double> values() {
        double all = Arrays.stream(sums).sum();
        return Arrays.stream(sums).mapToObj(sum -> sum / all).toList();
    }
}
