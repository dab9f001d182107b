package dev.paddock.trainingjob.sweep;

import dev.paddock.trainingjob.order.OrderRequest;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an engineer asks for.
 *
 * @param order what every trial has in common, as an order of one job; its name is the sweep's
 * @param search which parameters differ and how
 * @param earlyStop which trials are given up early; the defaults when absent
 * @param dryRun only check the sweep and list its trials
 */
record SweepRequest(
        @Nullable OrderRequest order,
        SweepRequest.@Nullable Search search,
        SweepRequest.@Nullable Early earlyStop,
        @Nullable Boolean dryRun) {
    /**
     * Which parameters differ and how.
     *
     * @param strategy grid, random or successive-halving
     * @param space what each parameter may be
     * @param trials how many combinations are drawn; a grid has all
     * @param seed of the draws; 1 when absent
     * @param eta one of so many trials goes on at each rung of successive halving; 3 when absent
     * @param rungs how often; as often as the trials allow when absent
     */
    record Search(
            @Nullable String strategy,
            @Nullable Map<String, @Nullable Range> space,
            @Nullable Integer trials,
            @Nullable Long seed,
            @Nullable Integer eta,
            @Nullable Integer rungs) {}

    /** The fields of {@link EarlyStop}, each with its default where absent. */
    record Early(
            @Nullable Boolean enabled,
            @Nullable Double share,
            @Nullable Double gradientNormFactor,
            @Nullable Integer minimumTrials) {}
}
