package dev.paddock.evaluation.gate;

import java.util.Collection;

/** What a gate says; only PASS lets a version be approved. */
public enum Verdict {
    PASS,
    FAIL,
    INCONCLUSIVE;

    /** One FAIL fails all; without one, one INCONCLUSIVE leaves all inconclusive; no gate at all is inconclusive too. */
    public static Verdict all(Collection<Verdict> verdicts) {
        if (verdicts.contains(FAIL)) {
            return FAIL;
        }
        return verdicts.isEmpty() || verdicts.contains(INCONCLUSIVE) ? INCONCLUSIVE : PASS;
    }
}
