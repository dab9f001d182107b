package dev.paddock.kit.inbox;

import dev.paddock.contracts.event.CloudEvent;
import dev.paddock.contracts.event.CloudEvents;
import dev.paddock.contracts.event.Event;
import dev.paddock.contracts.event.EventTypes;
import dev.paddock.contracts.event.MalformedEventException;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Hands an event to its consumers, each in one transaction with the event's id. */
public class EventProcessor {
    private static final Logger LOG = LoggerFactory.getLogger(EventProcessor.class);

    private final List<EventConsumer<?>> consumers;
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final Clock clock;

    EventProcessor(List<EventConsumer<?>> consumers, JdbcClient jdbc, TransactionTemplate transaction, Clock clock) {
        this.consumers = List.copyOf(consumers);
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.clock = clock;
    }

    List<String> topics() {
        return consumers.stream()
                .map(consumer -> Topics.of(consumer.type()))
                .distinct()
                .sorted()
                .toList();
    }

    /** Takes one message; types that nobody here consumes are passed over. */
    public void process(@Nullable String json) {
        CloudEvent envelope = read(json);
        for (EventConsumer<?> consumer : consumers) {
            if (EventTypes.typeOf(consumer.type()).equals(envelope.type())) {
                deliver(consumer, envelope);
            }
        }
    }

    static CloudEvent read(@Nullable String json) {
        if (json == null) {
            throw new MalformedEventException("a message without a body is no CloudEvent", null);
        }
        return CloudEvents.read(json);
    }

    private <E extends Event> void deliver(EventConsumer<E> consumer, CloudEvent envelope) {
        E event = CloudEvents.event(envelope, consumer.type());
        EventContext context = new EventContext(envelope.id(), envelope.tenant(), envelope.time(), envelope.source());
        transaction.executeWithoutResult(status -> {
            if (claim(consumer.name(), context)) {
                consumer.on(event, context);
            } else {
                LOG.debug("{} has seen event {}", consumer.name(), context.eventId());
            }
        });
    }

    private boolean claim(String consumer, EventContext context) {
        return jdbc.sql("INSERT INTO inbox (consumer, event_id, tenant, received_at)"
                                + " VALUES (:consumer, :id, :tenant, :now) ON CONFLICT DO NOTHING")
                        .param("consumer", consumer)
                        .param("id", context.eventId())
                        .param("tenant", context.tenant())
                        .param("now", Timestamp.from(clock.instant()))
                        .update()
                == 1;
    }
}
