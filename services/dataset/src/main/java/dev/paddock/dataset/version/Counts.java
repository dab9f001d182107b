package dev.paddock.dataset.version;

/** Rows of a version and what curation did. */
record Counts(int train, int test, int dropped, int changed) {}
