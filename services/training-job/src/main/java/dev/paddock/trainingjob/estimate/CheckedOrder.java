package dev.paddock.trainingjob.estimate;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.paddock.contracts.lease.TrainingEstimate;
import dev.paddock.contracts.lease.TrainingOrder;
import org.jspecify.annotations.Nullable;

/**
 * What a dry run answers with: the order's own fields, and what it would take.
 *
 * @param order what a worker would get
 * @param estimate memory and time; absent where none is to be had now
 * @param noEstimate why there is none; absent where there is one
 */
public record CheckedOrder(
        @JsonUnwrapped TrainingOrder order,
        @Nullable TrainingEstimate estimate,
        @Nullable String noEstimate) {}
