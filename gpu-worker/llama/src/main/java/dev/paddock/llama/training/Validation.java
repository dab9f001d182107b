package dev.paddock.llama.training;

import dev.paddock.llama.config.Rules;
import java.util.List;

/**
 * What a run measures while it trains: before its first step, after every so many steps, and after its last one. Measuring draws
 * no random numbers, so that a run ends in the same bytes with it and without.
 *
 * @param everySteps steps between two measurements; 0 for none between the first and the last
 */
public record Validation(List<ValidationSet> sets, int everySteps) {
    /** Nothing is measured. */
    public static final Validation NONE = new Validation(List.of(), 0);

    public Validation {
        sets = List.copyOf(sets);
        Rules.atLeast("evaluateEvery", everySteps, 0);
    }

    /** Whether it is time after a step; 0 is before the first. */
    boolean due(int step, int steps) {
        return step == 0 || step == steps || (everySteps > 0 && step % everySteps == 0);
    }
}
