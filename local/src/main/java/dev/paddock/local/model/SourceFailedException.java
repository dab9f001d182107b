package dev.paddock.local.model;

/** One source could not give the model; the next one is tried. */
final class SourceFailedException extends Exception {
    SourceFailedException(String message) {
        super(message);
    }

    SourceFailedException(String message, Throwable cause) {
        super(message, cause);
    }
}
