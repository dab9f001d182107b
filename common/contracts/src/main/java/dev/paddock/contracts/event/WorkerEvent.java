package dev.paddock.contracts.event;

/** Told by a worker on topic {@code paddock.worker}. */
public sealed interface WorkerEvent extends Event permits WorkerAnnounced {
    String TOPIC = "paddock.worker";

    @Override
    default String topic() {
        return TOPIC;
    }
}
