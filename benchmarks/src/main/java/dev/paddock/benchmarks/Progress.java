package dev.paddock.benchmarks;

/** Hears how far a benchmark is. */
public interface Progress {
    /**
     * Tells the stage it is in.
     *
     * @param total 0 where it is not known
     */
    void at(String what, int done, int total);
}
