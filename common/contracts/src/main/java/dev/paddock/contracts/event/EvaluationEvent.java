package dev.paddock.contracts.event;

/** Told by evaluation on topic {@code paddock.evaluation}. */
public sealed interface EvaluationEvent extends Event permits EvaluationStarted, EvaluationCompleted {
    String TOPIC = "paddock.evaluation";

    @Override
    default String topic() {
        return TOPIC;
    }
}
