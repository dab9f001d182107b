package dev.paddock.trainingjob.method;

import dev.paddock.contracts.event.MethodDescription;
import dev.paddock.contracts.event.MethodPart;
import dev.paddock.contracts.event.WorkerAnnounced;
import dev.paddock.kit.inbox.EventConsumer;
import dev.paddock.kit.inbox.EventContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Learns the methods that can be ordered from the workers that run them. */
@Component
class MethodAnnouncements implements EventConsumer<WorkerAnnounced> {
    private static final Logger LOG = LoggerFactory.getLogger(MethodAnnouncements.class);

    private final Methods methods;
    private final Parts parts;

    MethodAnnouncements(Methods methods, Parts parts) {
        this.methods = methods;
        this.parts = parts;
    }

    @Override
    public Class<WorkerAnnounced> type() {
        return WorkerAnnounced.class;
    }

    @Override
    public void on(WorkerAnnounced event, EventContext context) {
        if (event.parts() != null) {
            event.parts().forEach(part -> take(part, event.workerId(), context));
        }
        event.methods().forEach(method -> take(method, event.workerId(), context));
    }

    private void take(MethodPart announced, String workerId, EventContext context) {
        boolean stale = parts.findById(new Part.Key(announced.kind(), announced.id()))
                .filter(known -> !known.isOlderThan(context.time()))
                .isPresent();
        if (!stale) {
            try {
                parts.save(new Part(announced, context.tenant(), context.time()));
            } catch (IllegalArgumentException e) {
                LOG.warn(
                        "worker {} announces {} with an unusable schema: {}", workerId, announced.id(), e.getMessage());
            }
        }
    }

    private void take(MethodDescription announced, String workerId, EventContext context) {
        boolean stale = methods.findById(announced.id())
                .filter(known -> !known.isOlderThan(context.time()))
                .isPresent();
        if (stale) {
            LOG.debug("a younger announcement of {} is known", announced.id());
            return;
        }
        try {
            methods.save(new Method(announced, workerId, context.tenant(), context.time()));
        } catch (IllegalArgumentException e) {
            LOG.warn("worker {} announces {} with an unusable schema: {}", workerId, announced.id(), e.getMessage());
        }
    }
}
