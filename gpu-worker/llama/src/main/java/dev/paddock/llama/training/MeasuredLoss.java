package dev.paddock.llama.training;

/** The mean loss of a validation set, laid out in batches. */
interface MeasuredLoss {
    /** Measures what the loss compares with, by the model as the run begins. */
    default void prepare(TrainingStep stepper, Runnable atWork) {}

    /**
     * Mean loss by the model as it is, without dropout and noise.
     *
     * @param atWork called before each batch
     */
    double measure(TrainingStep stepper, Runnable atWork);
}
