package dev.paddock.methods.drafting;

import dev.paddock.catalogue.EntryKind;
import dev.paddock.llama.inference.draft.Speculation;
import java.util.Optional;

/**
 * A way to guess ahead what a served model will say, which the model then checks in one pass.
 *
 * @param <P> its parameters
 */
@EntryKind("drafting method")
public interface DraftingMethod<P extends Record> {
    /**
     * Refuses parameters with which it can do nothing at all.
     *
     * @throws IllegalArgumentException with the way out
     */
    default void check(P params) {}

    /**
     * How a model's answers are guessed ahead.
     *
     * @return nothing where the parameters leave the model out
     * @throws dev.paddock.llama.config.UnsupportedModelException where it cannot be done for the model
     */
    Optional<Speculation> speculation(P params, DraftingInput input);
}
