package dev.paddock.kit.sample;

import dev.paddock.contracts.event.TrainingCancelled;
import dev.paddock.kit.inbox.EventConsumer;
import dev.paddock.kit.inbox.EventContext;
import dev.paddock.kit.problem.CommonProblem;
import dev.paddock.kit.problem.ProblemException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/** Records each event it gets; refuses the names in {@link #refused} and breaks down once at those in {@link #breaking}. */
@Component
public class CancelledConsumer implements EventConsumer<TrainingCancelled> {
    public final Set<String> refused = ConcurrentHashMap.newKeySet();
    public final Set<String> breaking = ConcurrentHashMap.newKeySet();
    private final Effects effects;

    CancelledConsumer(Effects effects) {
        this.effects = effects;
    }

    @Override
    public Class<TrainingCancelled> type() {
        return TrainingCancelled.class;
    }

    @Override
    public void on(TrainingCancelled event, EventContext context) {
        effects.add(context.tenant(), event.cancelledBy());
        if (breaking.remove(event.cancelledBy())) {
            throw new StackOverflowError(event.cancelledBy() + " is too deep");
        }
        if (refused.contains(event.cancelledBy())) {
            throw new ProblemException(CommonProblem.UNPROCESSABLE, event.cancelledBy() + " is refused");
        }
    }
}
