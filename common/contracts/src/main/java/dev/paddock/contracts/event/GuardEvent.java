package dev.paddock.contracts.event;

/** Told by safety-guard on topic {@code paddock.guard}. */
public sealed interface GuardEvent extends Event permits PolicyPublished, VerdictReached {
    String TOPIC = "paddock.guard";

    @Override
    default String topic() {
        return TOPIC;
    }
}
