package dev.paddock.registry.version;

/** How far a version has come; an import is on record from the start, what a job made must be evaluated and approved. */
public enum VersionState {
    IMPORTED,
    CANDIDATE,
    EVALUATED,
    APPROVED,
    REJECTED
}
