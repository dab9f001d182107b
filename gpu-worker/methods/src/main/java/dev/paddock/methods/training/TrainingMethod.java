package dev.paddock.methods.training;

import dev.paddock.catalogue.EntryKind;

/**
 * A way to adapt a base model. An order names a method, and the method presets what is trained and towards which loss.
 *
 * @param <P> its parameters
 */
@EntryKind("training method")
public interface TrainingMethod<P extends Record> {
    /** Name of the weights it trains, for instance {@code lora}. */
    String adapter();

    /** Name of the loss it minimises, for instance {@code sft}. */
    String objective();
}
