package dev.paddock.contracts.event;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** All event types by their CloudEvents name; found from the sealed hierarchy, so nobody keeps a list. */
public final class EventTypes {
    private static final Map<String, Class<? extends Event>> BY_TYPE =
            leaves(Event.class).collect(Collectors.toUnmodifiableMap(EventTypes::typeOf, Function.identity()));

    private EventTypes() {}

    public static String typeOf(Class<? extends Event> event) {
        return "dev.paddock." + event.getSimpleName() + ".v1";
    }

    public static Optional<Class<? extends Event>> find(String type) {
        return Optional.ofNullable(BY_TYPE.get(type));
    }

    public static Map<String, Class<? extends Event>> all() {
        return BY_TYPE;
    }

    @SuppressWarnings("unchecked")
    private static Stream<Class<? extends Event>> leaves(Class<?> type) {
        return type.isSealed()
                ? Arrays.stream(type.getPermittedSubclasses()).flatMap(EventTypes::leaves)
                : Stream.of((Class<? extends Event>) type);
    }
}
