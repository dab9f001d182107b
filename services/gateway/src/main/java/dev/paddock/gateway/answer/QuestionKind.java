package dev.paddock.gateway.answer;

/** A conversation or raw prompts; decides the worker's path and the prefix of the answer's id. */
public enum QuestionKind {
    CHAT("/internal/v1/chat/completions", "chatcmpl-"),
    TEXT("/internal/v1/completions", "cmpl-");

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
