package dev.paddock.trainingjob.job;

/** Where an attempt stands, or how it ended. */
public enum AttemptState {
    RUNNING,
    COMPLETED,
    /** Its worker told of a failure, or the job was given up. */
    FAILED,
    /** Its worker stopped renewing the lease; it runs again when that worker comes back before another one claims the job. */
    LOST,
    /** Its worker gave the job back. */
    RELEASED,
    CANCELLED,
    /** It ended, and how is not on record. */
    UNKNOWN
}
