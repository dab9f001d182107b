package dev.paddock.kit.inbox;

import dev.paddock.contracts.event.Event;

/**
 * What a service does on one type of event; a bean is subscribed by being there. The effect runs in one transaction with
 * the event's id, so that a repeated event has no second effect. Long work does not belong here: store it and return.
 */
public interface EventConsumer<E extends Event> {
    Class<E> type();

    void on(E event, EventContext context);

    /** Stable across releases: it is stored with each event's id. */
    default String name() {
        return getClass().getSimpleName();
    }
}
