package dev.paddock.llama.training;

import java.util.Map;

/** The mean loss of a validation set, laid out in batches. */
interface MeasuredLoss {
    /**
     * What a measurement gives.
     *
     * @param loss mean loss
     * @param metrics what else there is to report, each by its name
     */
    record Measured(double loss, Map<String, Double> metrics) {}

    /** Measures what the loss compares with, by the model as the run begins. */
    default void prepare(TrainingStep stepper, Runnable atWork) {}

    /**
     * Measures by the model as it is, without dropout and noise.
     *
     * @param atWork called before each batch
     */
    Measured measure(TrainingStep stepper, Runnable atWork);
}
