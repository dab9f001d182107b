package dev.paddock.trainingjob.trigger;

import dev.paddock.trainingjob.order.OrderRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A trigger as its readers see it. */
record TriggerView(
        UUID id,
        String name,
        UUID datasetId,
        OrderRequest order,
        Duration coolDown,
        boolean enabled,
        String createdBy,
        Instant createdAt,
        @Nullable Instant lastFiredAt) {}
