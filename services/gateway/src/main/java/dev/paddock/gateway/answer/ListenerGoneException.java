package dev.paddock.gateway.answer;

import java.io.IOException;

/** The caller hung up. */
public final class ListenerGoneException extends Exception {
    public ListenerGoneException(IOException cause) {
        super(cause);
    }
}
