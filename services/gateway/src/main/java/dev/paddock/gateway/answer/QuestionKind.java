package dev.paddock.gateway.answer;

/** A conversation, raw prompts, texts that get labels, or vectors; decides the worker's path and the prefix of the answer's id. */
public enum QuestionKind {
    CHAT("/internal/v1/chat/completions", "chatcmpl-"),
    TEXT("/internal/v1/completions", "cmpl-"),
    LABELS("/internal/v1/classifications", "classify-"),
    EMBEDDINGS("/internal/v1/embeddings", "embd-");

    private final String workerPath;
    private final String idPrefix;

    QuestionKind(String workerPath, String idPrefix) {
        this.workerPath = workerPath;
        this.idPrefix = idPrefix;
    }

    public String workerPath() {
        return workerPath;
    }

    public String idPrefix() {
        return idPrefix;
    }
}
