package dev.paddock.contracts.inference;

import org.jspecify.annotations.Nullable;

/**
 * How a model may use a request's tools.
 *
 * @param required whether the answer is a call and no text
 * @param function the one function that must be called, or null for any
 * @param parallel whether an answer may have several calls
 */
public record ToolChoice(boolean required, @Nullable String function, boolean parallel) {
    /** As the model likes. */
    public static final ToolChoice AUTO = new ToolChoice(false, null, true);
}
