package dev.paddock.trainingjob.sweep;

import dev.paddock.trainingjob.job.Failure;
import dev.paddock.trainingjob.order.OrderRequest;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A sweep as its readers see it.
 *
 * @param gates where trials are stopped, in their order
 * @param gatesPassed how many of them are decided
 * @param winnerJobId the trial with the lowest final loss, on held-out rows where all have measured it
 * @param error why no trial won
 * @param trials left out of lists
 */
record SweepView(
        UUID id,
        String name,
        SweepState state,
        OrderRequest order,
        Search search,
        EarlyStop earlyStop,
        List<GateView> gates,
        int gatesPassed,
        @Nullable UUID winnerJobId,
        @Nullable Failure error,
        String requestedBy,
        Instant createdAt,
        @Nullable Instant finishedAt,
        @Nullable List<TrialView> trials) {}
