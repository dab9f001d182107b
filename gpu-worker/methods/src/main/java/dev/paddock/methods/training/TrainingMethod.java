package dev.paddock.methods.training;

import dev.paddock.catalogue.EntryKind;
import java.util.Optional;

/**
 * A way to make a model out of others. An order names a method, and the method presets what is trained and towards which
 * loss; an order may name others that the method allows.
 *
 * @param <P> its own parameters, beside those of the adapter and of the objective
 */
@EntryKind(value = "training method", examples = true)
public interface TrainingMethod<P extends Record> {
    /** What stands for the adapter and the objective of a method that takes none. */
    String NONE = "none";

    /** Name of the adapter that it presets, for instance {@code lora}. */
    String adapter();

    /** Name of the objective that it presets, for instance {@code sft}. */
    String objective();

    /** Adapters that an order may name instead, among the catalogue's. */
    default boolean allowsAdapter(String id) {
        return id.equals(adapter());
    }

    /** Objectives that an order may name instead, among the catalogue's; each one stands in a family. */
    default boolean allowsObjective(String id, String family) {
        return id.equals(objective());
    }

    /** Which versions an order must name beside its base and its rows. */
    default SourceRule sources() {
        return SourceRule.NONE;
    }

    /**
     * Trains on the input's rows and leaves the result in its output: an adapter's folder, or a whole model's.
     *
     * @param choice the order's adapter and objective
     * @throws IllegalArgumentException when rows or parameters do not fit the base
     */
    void train(P params, Choice choice, TrainingInput input, TrainingObserver observer);

    /**
     * What {@link #train} would compute of the same input; empty for a method that does not tell.
     *
     * @throws IllegalArgumentException when rows or parameters do not fit the base
     */
    default Optional<RunPlan> plan(P params, Choice choice, TrainingInput input) {
        return Optional.empty();
    }
}
