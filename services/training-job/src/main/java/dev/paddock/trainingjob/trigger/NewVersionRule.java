package dev.paddock.trainingjob.trigger;

import dev.paddock.contracts.event.DatasetVersionPublished;
import dev.paddock.contracts.lease.TrainingOrder;
import dev.paddock.kit.ids.TimeOrderedIds;
import dev.paddock.kit.inbox.EventConsumer;
import dev.paddock.kit.inbox.EventContext;
import dev.paddock.kit.problem.ProblemException;
import dev.paddock.trainingjob.estimate.TrainingEstimates;
import dev.paddock.trainingjob.job.JobDesk;
import dev.paddock.trainingjob.job.Ownership;
import dev.paddock.trainingjob.order.OrderRules;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** Fires the triggers of a dataset once per version, however often and under whatever event id Kafka tells of it. */
@Component
@Order(2)
class NewVersionRule implements EventConsumer<DatasetVersionPublished> {
    private final Triggers triggers;
    private final Firings firings;
    private final OrderRules rules;
    private final TrainingEstimates estimates;
    private final JobDesk desk;
    private final TimeOrderedIds ids;
    private final Clock clock;

    /** For all triggers of a version together; orders that are not judged by then are judged by the workers that take them. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    NewVersionRule(
            Triggers triggers,
            Firings firings,
            OrderRules rules,
            TrainingEstimates estimates,
            JobDesk desk,
            TimeOrderedIds ids,
            Clock clock) {
        this.triggers = triggers;
        this.firings = firings;
        this.rules = rules;
        this.estimates = estimates;
        this.desk = desk;
        this.ids = ids;
        this.clock = clock;
    }

    @Override
    public Class<DatasetVersionPublished> type() {
        return DatasetVersionPublished.class;
    }

    @Override
    public void on(DatasetVersionPublished event, EventContext context) {
        Instant end = clock.instant().plus(PATIENCE);
        for (RetrainingTrigger trigger : triggers.watching(event.datasetId(), context.tenant())) {
            if (trigger.enabled() && !firings.existsByTriggerIdAndDatasetVersionId(trigger.id(), event.versionId())) {
                Instant now = clock.instant();
                Firing.Decision decision = decide(trigger, event.versionId(), now, now.isBefore(end));
                firings.save(new Firing(ids.next(), trigger, event.versionId(), decision, now));
            }
        }
    }

    private Firing.Decision decide(RetrainingTrigger trigger, UUID version, Instant now, boolean judged) {
        Instant coolsUntil = trigger.coolsUntil();
        if (coolsUntil != null && coolsUntil.isAfter(now)) {
            return new Firing.Decision(Firing.Outcome.COOLING_DOWN, null, "cools down until " + coolsUntil);
        }
        try {
            TrainingOrder order = rules.check(trigger.rule().order().on(version), trigger.tenant());
            if (judged) {
                estimates.requireFit(order, trigger.tenant());
            }
            Ownership owner = new Ownership(trigger.tenant(), trigger.createdBy(), trigger.id(), null);
            UUID job = desk.place(order, owner).facts().id();
            trigger.markFired(now);
            return new Firing.Decision(Firing.Outcome.FIRED, job, null);
        } catch (ProblemException e) {
            return new Firing.Decision(Firing.Outcome.REFUSED, null, e.getMessage());
        }
    }
}
