package dev.paddock.contracts.event;

/** Told by training-job on topic {@code paddock.training}. */
public sealed interface TrainingEvent extends Event
        permits TrainingRequested,
                TrainingProgressed,
                TrainingCompleted,
                TrainingFailed,
                TrainingCancelled,
                MergeRequested,
                MergeCompleted {
    String TOPIC = "paddock.training";

    @Override
    default String topic() {
        return TOPIC;
    }
}
