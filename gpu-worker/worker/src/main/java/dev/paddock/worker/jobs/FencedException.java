package dev.paddock.worker.jobs;

/** The job is another worker's now, or over; nothing that this one holds may be written any more. */
final class FencedException extends RuntimeException {
    FencedException(String message, Throwable cause) {
        super(message, cause);
    }
}
