package dev.paddock.worker.jobs;

/** The job is to end without a report: it was cancelled, its lease is lost, or this worker is being stopped. */
final class JobEndedException extends RuntimeException {
    JobEndedException(String message) {
        super(message);
    }
}
