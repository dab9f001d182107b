package dev.paddock.trainingjob.sweep;

/** Where a sweep stands. */
enum SweepState {
    RUNNING,
    /** It has a winner. */
    COMPLETED,
    /** No trial completed. */
    FAILED,
    CANCELLED
}
