package dev.paddock.trainingjob.sweep;

import static java.util.Comparator.comparingDouble;

import dev.paddock.trainingjob.job.Failure;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A rung of successive halving: the trials with the lowest losses go on; of equal ones, those with lower numbers.
 *
 * @param share where it lies in a run
 * @param kept how many trials go on, at least 1
 */
record Rung(double share, int kept) implements Gate {
    private static final String CODE = "not-promoted";

    @Override
    public Map<Integer, Failure> judge(List<Reading> readings) {
        List<Reading> best = readings.stream()
                .sorted(comparingDouble(Reading::loss).thenComparing(Reading::trial))
                .toList();
        Map<Integer, Failure> stopped = new HashMap<>();
        for (int place = kept; place < best.size(); place++) {
            Reading one = best.get(place);
            String reason = String.format(
                    Locale.ROOT,
                    "at step %d of %d its loss %.4g is number %d of %d trials, of which %d go on",
                    one.step(),
                    one.steps(),
                    one.loss(),
                    place + 1,
                    best.size(),
                    kept);
            stopped.put(one.trial(), new Failure(CODE, reason));
        }
        return stopped;
    }
}
