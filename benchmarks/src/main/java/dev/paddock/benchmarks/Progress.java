package dev.paddock.benchmarks;

/** Hears how far a benchmark is. */
public interface Progress {
    /** @param total 0 where it is not known */
    void at(String what, int done, int total);
}
