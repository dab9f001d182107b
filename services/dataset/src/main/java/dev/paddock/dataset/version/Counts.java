package dev.paddock.dataset.version;

/** Rows of a version and what curation did: changed rows are among train and test, dropped ones are not. */
record Counts(int train, int test, int dropped, int changed) {}
