package dev.paddock.trainingjob.sweep;

import dev.paddock.trainingjob.job.Failure;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;

/**
 * Gives up runs that begin badly. Pareja et al., Unveiling the Secret Recipe: A Guide For Supervised Fine-Tuning Small LLMs
 * (2024), find that lower gradient norms and higher losses early in training go with better final benchmark results. So a trial
 * stops whose gradient norm is more than {@code gradientNormFactor} times the median of the sweep's trials while its loss is
 * below their median; it also stops where with such a norm its loss lies above that of its own first step, since it diverges.
 * At least half of the trials have a norm of at most the median and go on.
 *
 * @param enabled whether anything is given up
 * @param share how much of a run is early
 * @param gradientNormFactor how far above the median a gradient norm is too high; the paper names no number
 * @param minimumTrials with fewer readings there is nothing to compare with, and all go on
 */
record EarlyStop(boolean enabled, double share, double gradientNormFactor, int minimumTrials) implements Gate {
    static final EarlyStop DEFAULT = new EarlyStop(true, 0.1, 2, 3);
    private static final String CODE = "early-stop";

    /** The training loss, which the paper's finding is about. */
    @Override
    public LossMetric metric(List<Reading> readings) {
        return LossMetric.LOSS;
    }

    @Override
    public Map<Integer, Failure> judge(List<Reading> readings) {
        List<Reading> whole = readings.stream().filter(Reading::isWhole).toList();
        if (!enabled || whole.size() < minimumTrials) {
            return Map.of();
        }
        double norm = median(whole.stream().mapToDouble(Reading::gradientNorm));
        double loss = median(whole.stream().mapToDouble(Reading::loss));
        return whole.stream()
                .filter(one -> one.gradientNorm() > gradientNormFactor * norm)
                .filter(one -> one.loss() < loss || diverges(one))
                .collect(Collectors.toMap(Reading::trial, one -> new Failure(CODE, reason(one, norm, loss))));
    }

    private static boolean diverges(Reading one) {
        return one.loss() > one.firstLoss();
    }

    private String reason(Reading one, double norm, double loss) {
        String why = diverges(one)
                ? text("above the %.4g of its first step: it diverges", one.firstLoss())
                : text("below the median %.4g: such runs end worse (The Secret Recipe)", loss);
        return text(
                "at step %d of %d its gradient norm %.4g is more than %.4g times the sweep's median %.4g,"
                        + " and its loss %.4g is %s",
                one.step(), one.steps(), one.gradientNorm(), gradientNormFactor, norm, one.loss(), why);
    }

    private static String text(String format, Object... arguments) {
        return String.format(Locale.ROOT, format, arguments);
    }

    private static double median(DoubleStream values) {
        double[] sorted = values.sorted().toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
