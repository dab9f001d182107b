package dev.paddock.worker.models;

import dev.paddock.kit.problem.ProblemCategory;
import dev.paddock.kit.problem.ProblemCode;

/** Errors of serving that a caller can act on. */
public enum ServingProblem implements ProblemCode {
    UNKNOWN_ARTIFACT(404, ProblemCategory.CALLER, "The artifact store has no such artifact"),
    CONTEXT_LENGTH_EXCEEDED(422, ProblemCategory.CALLER, "The prompt is longer than the model's context"),
    MALFORMED_ARTIFACT(422, ProblemCategory.CALLER, "The artifact's files break their format"),
    UNSUPPORTED_MODEL(422, ProblemCategory.CALLER, "The engine does not have what the model asks for"),
    GIVES_LABELS(422, ProblemCategory.CALLER, "The model is a classifier and writes no texts"),
    NOT_A_CLASSIFIER(422, ProblemCategory.CALLER, "The model is no classifier"),
    UNSUPPORTED_CONSTRAINT(422, ProblemCategory.CALLER, "No answer can be held to the constraint"),
    CHAT_TEMPLATE(422, ProblemCategory.CALLER, "The conversation cannot be rendered"),
    QUEUE_FULL(429, ProblemCategory.UNAVAILABLE, "Too many requests wait for this model"),
    ADAPTER_MEMORY(429, ProblemCategory.UNAVAILABLE, "The adapters in use leave no memory for this one"),
    MODEL_MEMORY(503, ProblemCategory.INSUFFICIENT_RESOURCES, "The models in use leave no memory for this one"),
    STORE_UNAVAILABLE(503, ProblemCategory.UNAVAILABLE, "The artifact store does not answer"),
    STOPPING(503, ProblemCategory.UNAVAILABLE, "The worker is being stopped"),
    REQUEST_TIMEOUT(503, ProblemCategory.UNAVAILABLE, "The request took too long"),
    BROKEN_WEIGHTS(500, ProblemCategory.INTERNAL, "The model gives no numbers");

    private final int status;
    private final ProblemCategory category;
    private final String title;

    ServingProblem(int status, ProblemCategory category, String title) {
        this.status = status;
        this.category = category;
        this.title = title;
    }

    @Override
    public String title() {
        return title;
    }

    @Override
    public ProblemCategory category() {
        return category;
    }

    @Override
    public int status() {
        return status;
    }
}
