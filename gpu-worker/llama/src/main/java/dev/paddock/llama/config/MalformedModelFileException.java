package dev.paddock.llama.config;

/** A model file that breaks its own format; the message gives the file, the value found and the rule it breaks. */
public final class MalformedModelFileException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public MalformedModelFileException(String message) {
        super(message);
    }

    public MalformedModelFileException(String message, Throwable cause) {
        super(message, cause);
    }
}
