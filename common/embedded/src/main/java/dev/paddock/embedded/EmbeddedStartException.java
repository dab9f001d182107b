package dev.paddock.embedded;

import org.jspecify.annotations.Nullable;

/** An embedded server cannot start; the message names the cause and the way out. */
public final class EmbeddedStartException extends RuntimeException {
    public EmbeddedStartException(String message) {
        super(message);
    }

    public EmbeddedStartException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
