package dev.paddock.evaluation.run;

/** The life of an evaluation. */
public enum EvaluationState {
    QUEUED,
    RUNNING,
    COMPLETED,
    FAILED
}
