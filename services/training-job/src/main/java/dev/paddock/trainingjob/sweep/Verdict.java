package dev.paddock.trainingjob.sweep;

/** What a sweep decided about a trial. */
enum Verdict {
    /** The best; its result goes to the registry. */
    WINNER,
    /** Stopped before its end. */
    STOPPED,
    /** Finished and not the best; its result goes nowhere. */
    OUTDONE
}
