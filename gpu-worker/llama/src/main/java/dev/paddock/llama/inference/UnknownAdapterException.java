package dev.paddock.llama.inference;

/** A request names an adapter that is not loaded. */
public final class UnknownAdapterException extends RuntimeException {
    private final String adapter;

    public UnknownAdapterException(String adapter) {
        super("Adapter '%s' is not loaded".formatted(adapter));
        this.adapter = adapter;
    }

    public String adapter() {
        return adapter;
    }
}
