package dev.paddock.evaluation.score;

import java.util.List;

/**
 * How a candidate's accuracy differs from its base's on the same items, in −1 to 1, with a 95 % interval: the adjusted
 * Wald interval for matched pairs, which adds one half to each of the four cells (A. Agresti and Y. Min, "Simple improved
 * confidence intervals for comparing matched proportions", Statistics in Medicine 24, 2005).
 */
public final class PairedDifference {
    private PairedDifference() {}

    /** The interval of candidate − base over items answered by both, in the same order. */
    public static Interval of(List<Boolean> base, List<Boolean> candidate) {
        if (base.size() != candidate.size() || base.isEmpty()) {
            throw new IllegalArgumentException(
                    base.size() + " items of the base, " + candidate.size() + " of the candidate");
        }
        int gained = 0;
        int lost = 0;
        for (int i = 0; i < base.size(); i++) {
            gained += !base.get(i) && candidate.get(i) ? 1 : 0;
            lost += base.get(i) && !candidate.get(i) ? 1 : 0;
        }
        return of(gained, lost, base.size());
    }

    /** The interval from the discordant pairs: items only the candidate has right, items only the base has right, all items. */
    public static Interval of(int gained, int lost, int items) {
        double b = gained + 0.5;
        double c = lost + 0.5;
        double n = items + 2.0;
        double center = (b - c) / n;
        double half = Interval.Z * Math.sqrt(b + c - (b - c) * (b - c) / n) / n;
        return new Interval((double) (gained - lost) / items, Math.max(-1, center - half), Math.min(1, center + half));
    }
}
