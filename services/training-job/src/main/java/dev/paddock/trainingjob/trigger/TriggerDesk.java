package dev.paddock.trainingjob.trigger;

import dev.paddock.kit.concurrency.ETags;
import dev.paddock.kit.identity.Caller;
import dev.paddock.kit.ids.TimeOrderedIds;
import dev.paddock.kit.problem.ProblemException;
import dev.paddock.trainingjob.order.OrderRules;
import java.time.Clock;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Makes, changes and removes triggers; an order that could never run is refused here, not when it fires. */
@Service
class TriggerDesk {
    private final Triggers triggers;
    private final OrderRules rules;
    private final TimeOrderedIds ids;
    private final Clock clock;

    TriggerDesk(Triggers triggers, OrderRules rules, TimeOrderedIds ids, Clock clock) {
        this.triggers = triggers;
        this.rules = rules;
        this.ids = ids;
        this.clock = clock;
    }

    @Transactional
    RetrainingTrigger create(TriggerRequest request, Caller caller) {
        UUID dataset = request.requiredDatasetId();
        TriggerRule rule = request.rule();
        rules.checkWithoutRows(rule.order(), caller.tenant());
        return triggers.save(
                new RetrainingTrigger(ids.next(), caller.tenant(), dataset, rule, caller.subject(), clock.instant()));
    }

    @Transactional
    RetrainingTrigger change(UUID id, TriggerRequest request, Caller caller, @Nullable String ifMatch) {
        RetrainingTrigger trigger = of(id, caller, ifMatch);
        TriggerRule rule = request.over(trigger.rule());
        rules.checkWithoutRows(rule.order(), caller.tenant());
        trigger.change(rule);
        triggers.flush();
        return trigger;
    }

    @Transactional
    void remove(UUID id, Caller caller, @Nullable String ifMatch) {
        triggers.delete(of(id, caller, ifMatch));
    }

    RetrainingTrigger of(UUID id, Caller caller, @Nullable String ifMatch) {
        RetrainingTrigger trigger = triggers.findByIdAndTenant(id, caller.tenant())
                .orElseThrow(() -> ProblemException.notFound("trigger", id));
        ETags.require(ifMatch, trigger.version());
        return trigger;
    }
}
