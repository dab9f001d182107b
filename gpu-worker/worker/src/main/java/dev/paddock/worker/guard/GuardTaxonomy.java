package dev.paddock.worker.guard;

import dev.paddock.contracts.guard.DefaultTaxonomy;
import dev.paddock.contracts.guard.GuardCategory;
import java.util.List;

/** A taxonomy that a starter guard can be taught, with the rows that this project wrote for it. */
public enum GuardTaxonomy {
    /** {@link DefaultTaxonomy}; public files add to its rows. */
    DEFAULT,

    /** Two categories in few words, with rows in words that the tiny model knows. */
    SHORT;

    private static final List<GuardCategory> FEW = List.of(
            new GuardCategory("S1", "Violence", "Hurt or kill."),
            new GuardCategory("S2", "Theft", "Steal, break in or hack."));

    public List<GuardCategory> categories() {
        return switch (this) {
            case DEFAULT -> DefaultTaxonomy.CATEGORIES;
            case SHORT -> FEW;
        };
    }

    /** Names of the recipe's own files. */
    List<String> files() {
        return switch (this) {
            case DEFAULT -> List.of("written.jsonl", "everyday.jsonl", "probes.jsonl");
            case SHORT -> List.of("short.jsonl", "short-probes.jsonl");
        };
    }
}
