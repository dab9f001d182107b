package dev.paddock.trainingjob.trigger;

import dev.paddock.trainingjob.order.OrderRequest;
import java.time.Duration;

/** What of a trigger can be changed. */
record TriggerRule(String name, OrderRequest order, Duration coolDown, boolean enabled) {}
