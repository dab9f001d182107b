package dev.paddock.gateway.answer;

/**
 * A conversation, raw prompts, texts that get labels, or vectors; decides the worker's path, the prefix of the answer's id, and the
 * name of the operation in OpenTelemetry's terms.
 */
public enum QuestionKind {
    CHAT("/internal/v1/chat/completions", "chatcmpl-", "chat"),
    TEXT("/internal/v1/completions", "cmpl-", "text_completion"),
    LABELS("/internal/v1/classifications", "classify-", "classify"),
    EMBEDDINGS("/internal/v1/embeddings", "embd-", "embeddings");

    private final String workerPath;
    private final String idPrefix;
    private final String operation;

    QuestionKind(String workerPath, String idPrefix, String operation) {
        this.workerPath = workerPath;
        this.idPrefix = idPrefix;
        this.operation = operation;
    }

    public String workerPath() {
        return workerPath;
    }

    public String idPrefix() {
        return idPrefix;
    }

    public String operation() {
        return operation;
    }

    /** Whether its answer is a text. */
    boolean generates() {
        return this == CHAT || this == TEXT;
    }
}
