package dev.paddock.benchmarks;

/** One side of a comparison. */
@FunctionalInterface
public interface Round {
    /** Does the work once and tells how fast it went. */
    double measure();
}
