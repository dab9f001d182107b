package dev.paddock.llama.training;

import java.util.List;

/**
 * What a run measures while it trains: before its first step, after every so many steps, and after its last one. Measuring draws
 * no random numbers, so that a run ends in the same bytes with it and without.
 *
 * @param selection what the run's result is
 */
public record Validation(List<ValidationSet> sets, Selection selection) {
    /** Nothing is measured. */
    public static final Validation NONE = new Validation(List.of());

    /** Sets that decide nothing. */
    public Validation(List<ValidationSet> sets) {
        this(sets, Selection.NONE);
    }

    public Validation {
        sets = List.copyOf(sets);
    }
}
