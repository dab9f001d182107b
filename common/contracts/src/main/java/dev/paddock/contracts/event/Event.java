package dev.paddock.contracts.event;

/** A fact that a service tells the others: ids and facts, never entities. */
public sealed interface Event
        permits DatasetEvent, TrainingEvent, RegistryEvent, EvaluationEvent, GuardEvent, AnswerEvent, WorkerEvent {

    /** The Kafka topic that carries it. */
    String topic();

    /** The aggregate it is about; the Kafka key, so that one aggregate's events keep their order. */
    String subject();

    /** The CloudEvents type, for example {@code dev.paddock.VersionApproved.v1}. */
    default String type() {
        return EventTypes.typeOf(getClass());
    }
}
