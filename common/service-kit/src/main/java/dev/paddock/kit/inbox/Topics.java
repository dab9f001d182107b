package dev.paddock.kit.inbox;

import dev.paddock.contracts.event.Event;
import java.util.Arrays;

/** The topic of an event type, as its family's interface names it. */
final class Topics {
    private Topics() {}

    static String of(Class<? extends Event> type) {
        return Arrays.stream(type.getInterfaces())
                .filter(Event.class::isAssignableFrom)
                .map(Topics::constant)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(type + " belongs to no topic"));
    }

    private static String constant(Class<?> family) {
        try {
            return String.valueOf(family.getField("TOPIC").get(null));
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException(family + " has no TOPIC", e);
        }
    }
}
