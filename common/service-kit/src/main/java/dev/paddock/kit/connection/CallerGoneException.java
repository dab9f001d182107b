package dev.paddock.kit.connection;

import java.io.IOException;

/** The caller hung up: nobody is left to answer. */
public final class CallerGoneException extends RuntimeException {
    /** nginx's status for it, which only logs see. */
    public static final int STATUS = 499;

    private static final String MESSAGE = "the caller hung up";

    public CallerGoneException() {
        super(MESSAGE);
    }

    /** @param cause how writing to the caller failed */
    public CallerGoneException(IOException cause) {
        super(MESSAGE, cause);
    }
}
