package dev.paddock.methods.adapter;

import dev.paddock.catalogue.EntryKind;
import dev.paddock.llama.training.Adaptation;
import dev.paddock.llama.training.TrainingOptions;

/**
 * What of a base is trained. Every objective trains every adapter.
 *
 * @param <P> its parameters
 */
@EntryKind("adapter")
public interface TrainingAdapter<P extends Record> {
    /** The same in the engine's terms. */
    Adaptation adaptation(P params);

    /** The trainer's options with what the adapter's parameters say of them. */
    default TrainingOptions options(P params, TrainingOptions options) {
        return options;
    }
}
