package dev.paddock.trainingjob.sweep;

import dev.paddock.contracts.lease.TrainingOrder;
import dev.paddock.trainingjob.order.OrderRequest;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/**
 * A checked sweep: what a dry run answers with.
 *
 * @param order what the trials have in common
 * @param gates where trials are stopped, in their order
 * @param trials what would run
 */
record SweepPlan(OrderRequest order, Search search, EarlyStop earlyStop, List<GateView> gates, List<Planned> trials) {
    /**
     * A trial before it runs.
     *
     * @param number from 1
     * @param choice its own parameters
     * @param order what a worker would get
     */
    record Planned(int number, ObjectNode choice, TrainingOrder order) {}

    /** Where trials of such a sweep are stopped, the earliest first. */
    static List<Gate> gates(Search search, EarlyStop earlyStop) {
        boolean early = earlyStop.enabled() && search.trials() >= earlyStop.minimumTrials();
        return Stream.concat(early ? Stream.of(earlyStop) : Stream.empty(), search.ladder().stream())
                .sorted(Comparator.comparingDouble(Gate::share))
                .toList();
    }
}
