package dev.paddock.trainingjob.job;

import java.time.Instant;

/** One line of a job's log; {@code id} grows. */
public record JournalEntry(long id, int attempt, Instant at, String line) {}
