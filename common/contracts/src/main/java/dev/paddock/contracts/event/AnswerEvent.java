package dev.paddock.contracts.event;

/** Told by gateway on topic {@code paddock.gateway}. */
public sealed interface AnswerEvent extends Event permits AnswerGiven {
    String TOPIC = "paddock.gateway";

    @Override
    default String topic() {
        return TOPIC;
    }
}
