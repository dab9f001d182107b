package dev.paddock.trainingjob.sweep;

import dev.paddock.trainingjob.job.Failure;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * A trial as its readers see it.
 *
 * @param choice its own parameters
 * @param loss by which it was compared last
 * @param lossMetric which of the job's metrics that loss is: {@code validation_loss}, on held-out rows, where all trials that it
 *     was compared with had measured it, else {@code loss}
 * @param lossStep the step up to which that loss was measured
 * @param reason why it did not win, or its job's last error
 */
record TrialView(
        int number,
        UUID jobId,
        ObjectNode choice,
        TrialState state,
        @Nullable Double loss,
        @Nullable String lossMetric,
        @Nullable Integer lossStep,
        @Nullable Failure reason) {}
