package dev.paddock.trainingjob.trigger;

import dev.paddock.trainingjob.order.OrderRequest;
import dev.paddock.trainingjob.order.OrderText;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Version;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The rule "when this dataset gets a new version, train with these parameters". */
@Entity
public class RetrainingTrigger {
    @Id
    private UUID id;

    private String tenant;

    @Version
    private long version;

    private String name;
    private UUID datasetId;

    @Convert(converter = OrderText.class)
    private OrderRequest training;

    @Convert(converter = DurationText.class)
    private Duration coolDown;

    private boolean enabled;
    private String createdBy;
    private Instant createdAt;
    private @Nullable Instant lastFiredAt;

    @SuppressWarnings("NullAway.Init")
    protected RetrainingTrigger() {}

    RetrainingTrigger(UUID id, String tenant, UUID datasetId, TriggerRule rule, String createdBy, Instant createdAt) {
        this.id = id;
        this.tenant = tenant;
        this.datasetId = datasetId;
        this.createdBy = createdBy;
        this.createdAt = createdAt;
        change(rule);
    }

    /** Takes another name, order, cool-down and switch. */
    final void change(TriggerRule rule) {
        this.name = rule.name();
        this.training = rule.order();
        this.coolDown = rule.coolDown();
        this.enabled = rule.enabled();
    }

    TriggerRule rule() {
        return new TriggerRule(name, training, coolDown, enabled);
    }

    boolean enabled() {
        return enabled;
    }

    /** The moment from which it may fire again; null when it may at any time. */
    @Nullable Instant coolsUntil() {
        return lastFiredAt == null ? null : lastFiredAt.plus(coolDown);
    }

    void markFired(Instant now) {
        lastFiredAt = now;
    }

    UUID id() {
        return id;
    }

    String tenant() {
        return tenant;
    }

    String createdBy() {
        return createdBy;
    }

    long version() {
        return version;
    }

    TriggerView view() {
        return new TriggerView(id, name, datasetId, training, coolDown, enabled, createdBy, createdAt, lastFiredAt);
    }
}
