package dev.paddock.evaluation.score;

import java.util.Arrays;
import java.util.Random;
import java.util.function.ToDoubleFunction;

/**
 * 95 % intervals of figures that are no proportions, by the percentile bootstrap over items (B. Efron, 1979); the same items give the
 * same interval.
 */
public final class Bootstrap {
    private static final int SAMPLES = 1000;
    private static final long SEED = 20_231_000L;

    private Bootstrap() {}

    /**
     * The interval of a figure.
     *
     * @param items at least 1
     * @param figure the figure of a sample, given as indices of items, each as often as it was drawn
     */
    public static Interval of(int items, ToDoubleFunction<int[]> figure) {
        if (items < 1) {
            throw new IllegalArgumentException("there are no items");
        }
        int[] sample = new int[items];
        Arrays.setAll(sample, i -> i);
        double value = figure.applyAsDouble(sample);
        Random random = new Random(SEED);
        double[] drawn = new double[SAMPLES];
        for (int s = 0; s < SAMPLES; s++) {
            Arrays.setAll(sample, i -> random.nextInt(items));
            drawn[s] = figure.applyAsDouble(sample);
        }
        Arrays.sort(drawn);
        int tail = (int) (SAMPLES * 0.025);
        return new Interval(value, Math.min(value, drawn[tail]), Math.max(value, drawn[SAMPLES - 1 - tail]));
    }
}
