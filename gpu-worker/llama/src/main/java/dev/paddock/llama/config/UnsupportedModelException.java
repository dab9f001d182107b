package dev.paddock.llama.config;

/** A well-formed model that asks for something this engine does not have; the message names it, its value and what is supported. */
public final class UnsupportedModelException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public UnsupportedModelException(String message) {
        super(message);
    }
}
