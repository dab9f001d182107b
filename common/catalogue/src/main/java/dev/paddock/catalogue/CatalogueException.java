package dev.paddock.catalogue;

/** The catalogue itself is broken: a programmer's or packager's fault, found at start-up. */
public final class CatalogueException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    CatalogueException(String message) {
        super(message);
    }

    CatalogueException(String message, Throwable cause) {
        super(message, cause);
    }
}
