package dev.paddock.llama.training;

import dev.paddock.llama.config.Rules;

/**
 * Which state of a run is its result, by the loss on a validation set, and whether the run ends before its last step.
 *
 * @param set name of the set
 * @param best whether the state with the least loss is the result, instead of the last one
 * @param patience measurements in a row without a lesser loss after which the run ends; 0 for none
 */
public record Selection(String set, boolean best, int patience) {
    /** The last state of a run of all its steps. */
    public static final Selection NONE = new Selection("", false, 0);

    public Selection {
        Rules.atLeast("earlyStoppingPatience", patience, 0);
    }
}
