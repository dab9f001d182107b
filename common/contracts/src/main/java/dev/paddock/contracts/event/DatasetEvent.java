package dev.paddock.contracts.event;

/** Told by dataset on topic {@code paddock.dataset}. */
public sealed interface DatasetEvent extends Event permits DatasetVersionPublished, DatasetVersionDeleted {
    String TOPIC = "paddock.dataset";

    @Override
    default String topic() {
        return TOPIC;
    }
}
