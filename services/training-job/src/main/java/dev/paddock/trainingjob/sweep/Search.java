package dev.paddock.trainingjob.sweep;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A checked search with its defaults.
 *
 * @param space what each parameter may be, in the order of their names
 * @param trials how many combinations are run
 * @param seed of the draws; null for a grid
 * @param eta one of so many trials goes on at each rung; null without rungs
 * @param rungs how many times trials are stopped before the end; null without
 */
record Search(
        Strategy strategy,
        SortedMap<String, Range> space,
        int trials,
        @Nullable Long seed,
        @Nullable Integer eta,
        @Nullable Integer rungs) {
    Search {
        space = new TreeMap<>(space);
    }

    /** Rung i of R (from 0) lies at the share {@code eta^(i-R)} of a run, and {@code trials / eta^(i+1)} go on, at least one. */
    List<Gate> ladder() {
        List<Gate> ladder = new ArrayList<>();
        if (eta != null && rungs != null) {
            for (int rung = 0; rung < rungs; rung++) {
                int kept = (int) Math.max(1, trials / Math.pow(eta, rung + 1));
                ladder.add(new Rung(Math.pow(eta, rung - rungs), kept));
            }
        }
        return ladder;
    }
}
