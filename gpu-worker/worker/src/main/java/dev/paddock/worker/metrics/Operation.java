package dev.paddock.worker.metrics;

/** What is asked of a model, by the names of OpenTelemetry's {@code gen_ai.operation.name}. */
public enum Operation {
    CHAT("chat"),
    TEXT("text_completion");

    private final String id;

    Operation(String id) {
        this.id = id;
    }

    public String id() {
        return id;
    }
}
