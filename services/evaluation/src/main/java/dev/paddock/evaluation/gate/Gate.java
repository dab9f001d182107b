package dev.paddock.evaluation.gate;

import dev.paddock.evaluation.score.Interval;
import java.util.Locale;

/**
 * A bar for the difference candidate − base: PASS when the whole interval is above it, FAIL when the whole interval is
 * below it, else INCONCLUSIVE.
 *
 * @param bar in −1 to 1; 0 asks for more than the base, −0.05 allows a loss of less than five points (non-inferiority)
 */
public record Gate(String name, String rule, double bar) {
    /** A loss of five points or more of general knowledge is too much. */
    public static final double NON_INFERIORITY_MARGIN = 0.05;

    public static Gate better(String name) {
        return new Gate(name, "better than the base", 0);
    }

    public static Gate notInferior(String name) {
        return new Gate(name, "not worse than the base by 5 points", -NON_INFERIORITY_MARGIN);
    }

    public Verdict judge(Interval difference) {
        if (difference.low() > bar) {
            return Verdict.PASS;
        }
        return difference.high() < bar ? Verdict.FAIL : Verdict.INCONCLUSIVE;
    }

    /** The judgement in words, in points of accuracy. */
    public String explain(Interval difference) {
        return String.format(
                Locale.ROOT,
                "candidate − base %+.1f points (95 %%: %+.1f to %+.1f); the bar is %+.1f",
                100 * difference.value(),
                100 * difference.low(),
                100 * difference.high(),
                100 * bar);
    }
}
