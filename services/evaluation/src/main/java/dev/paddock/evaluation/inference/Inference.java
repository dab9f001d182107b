package dev.paddock.evaluation.inference;

import dev.paddock.contracts.inference.ClassificationRequest;
import dev.paddock.contracts.inference.ClassificationResponse;
import dev.paddock.contracts.inference.CompletionRequest;
import dev.paddock.contracts.inference.CompletionResponse;
import dev.paddock.contracts.inference.RenderRequest;
import dev.paddock.contracts.inference.RenderResponse;

/** A worker that completes, scores and labels texts. */
public interface Inference {
    CompletionResponse complete(CompletionRequest request);

    /** Labels by a classifier. */
    ClassificationResponse classify(ClassificationRequest request);

    /** A conversation as the base's chat template writes it. */
    RenderResponse render(RenderRequest request);
}
