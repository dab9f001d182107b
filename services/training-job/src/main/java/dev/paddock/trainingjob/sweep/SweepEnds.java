package dev.paddock.trainingjob.sweep;

import dev.paddock.trainingjob.job.Failure;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;

/** Why a trial or a sweep came to nothing. */
final class SweepEnds {
    private SweepEnds() {}

    static Failure outdone(LossMetric metric, Reading one, Reading winner) {
        return new Failure(
                "outdone",
                String.format(
                        Locale.ROOT,
                        "its final %s %.4g is above the %.4g of trial %d, or equal and later",
                        metric.words(),
                        metric.value(one),
                        metric.value(winner),
                        winner.trial()));
    }

    static Failure cancelled(UUID sweep, String by) {
        return new Failure("sweep-cancelled", "sweep %s was cancelled by %s".formatted(sweep, by));
    }

    /** Counts how the trials ended. */
    static Failure withoutWinner(List<Contestant> all) {
        Map<String, Long> ends =
                all.stream().collect(Collectors.groupingBy(SweepEnds::end, TreeMap::new, Collectors.counting()));
        String counted = ends.entrySet().stream()
                .map(end -> end.getValue() + " " + end.getKey())
                .collect(Collectors.joining("; "));
        return new Failure(
                "no-trial-completed",
                "none of %d trials completed (%s): mend the cause and order the sweep again"
                        .formatted(all.size(), counted));
    }

    private static String end(Contestant one) {
        TrialView view = one.trial().view(one.job());
        String state = view.state().name().toLowerCase(Locale.ROOT);
        Failure reason = view.reason();
        return reason == null ? state : "%s with %s: %s".formatted(state, reason.code(), reason.cause());
    }
}
