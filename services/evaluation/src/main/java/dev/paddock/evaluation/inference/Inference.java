package dev.paddock.evaluation.inference;

import dev.paddock.contracts.inference.CompletionRequest;
import dev.paddock.contracts.inference.CompletionResponse;
import dev.paddock.contracts.inference.RenderRequest;
import dev.paddock.contracts.inference.RenderResponse;

/** A worker that completes and scores texts. */
public interface Inference {
    CompletionResponse complete(CompletionRequest request);

    /** A conversation as the base's chat template writes it. */
    RenderResponse render(RenderRequest request);
}
