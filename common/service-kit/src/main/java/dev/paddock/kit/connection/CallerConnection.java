package dev.paddock.kit.connection;

import jakarta.servlet.ServletRequest;

/** The connection by which a request came. To be asked by the request's own thread while nothing else reads or writes there. */
@FunctionalInterface
public interface CallerConnection {
    /** One of which nothing is known. */
    CallerConnection UNKNOWN = () -> false;

    /** Whether the caller has closed it; false where that cannot be told, as with HTTP/2 and behind a proxy that keeps it. */
    boolean gone();

    /**
     * Goes on only where the caller has not gone.
     *
     * @throws CallerGoneException where it has
     */
    default void require() {
        if (gone()) {
            throw new CallerGoneException();
        }
    }

    /** A request's own. */
    static CallerConnection of(ServletRequest request) {
        return request.getAttribute(CallerConnectionValve.ATTRIBUTE) instanceof CallerConnection connection
                ? connection
                : UNKNOWN;
    }
}
