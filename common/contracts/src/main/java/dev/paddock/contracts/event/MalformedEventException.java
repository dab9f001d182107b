package dev.paddock.contracts.event;

import org.jspecify.annotations.Nullable;

/** A message that can never be handled, however often it is tried. */
public final class MalformedEventException extends RuntimeException {
    public MalformedEventException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
