package dev.paddock.trainingjob.sweep;

import dev.paddock.trainingjob.job.Failure;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A rung of successive halving: the trials with the lowest losses go on, those on held-out rows where all have measured them; of
 * equal ones, those with lower numbers.
 *
 * @param share where it lies in a run
 * @param kept how many trials go on, at least 1
 */
record Rung(double share, int kept) implements Gate {
    private static final String CODE = "not-promoted";

    @Override
    public LossMetric metric(List<Reading> readings) {
        return LossMetric.of(readings);
    }

    @Override
    public Map<Integer, Failure> judge(List<Reading> readings) {
        LossMetric metric = metric(readings);
        List<Reading> best = metric.rank(readings);
        Map<Integer, Failure> stopped = new HashMap<>();
        for (int place = kept; place < best.size(); place++) {
            Reading one = best.get(place);
            String reason = String.format(
                    Locale.ROOT,
                    "at step %d of %d its %s %.4g is number %d of %d trials, of which %d go on",
                    one.step(),
                    one.steps(),
                    metric.words(),
                    metric.value(one),
                    place + 1,
                    best.size(),
                    kept);
            stopped.put(one.trial(), new Failure(CODE, reason));
        }
        return stopped;
    }
}
