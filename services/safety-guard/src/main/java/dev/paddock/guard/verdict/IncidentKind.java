package dev.paddock.guard.verdict;

/** What somebody should look at. */
public enum IncidentKind {
    UNSAFE_PROMPT,
    UNSAFE_RESPONSE,
    NO_VERDICT
}
