package dev.paddock.trainingjob.sweep;

import dev.paddock.trainingjob.job.TrainingJob;
import org.jspecify.annotations.Nullable;

/** Where a trial stands: what the sweep decided, or else where its job stands. */
enum TrialState {
    QUEUED,
    RUNNING,
    /** Put aside until the other trials have got as far. */
    WAITING,
    /** Finished, and the sweep has not decided. */
    COMPLETED,
    WINNER,
    STOPPED,
    OUTDONE,
    FAILED,
    CANCELLED;

    static TrialState of(@Nullable Verdict verdict, TrainingJob job) {
        if (verdict != null) {
            return valueOf(verdict.name());
        }
        return job.isAside() ? WAITING : valueOf(job.facts().state().name());
    }
}
