package dev.paddock.evaluation.inference;

import dev.paddock.contracts.inference.CompletionRequest;
import dev.paddock.contracts.inference.CompletionResponse;

/** A worker that completes and scores texts. */
@FunctionalInterface
public interface Inference {
    CompletionResponse complete(CompletionRequest request);
}
