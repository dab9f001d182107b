package dev.paddock.contracts.event;

import java.util.List;

/**
 * What an order must name for a method, beside its base.
 *
 * @param rows whether a dataset version must be named; otherwise it may be, as what evaluation asks about
 * @param fewestSources least number of source versions
 * @param mostSources greatest number of source versions; 0 for a method that takes none
 * @param roles what each source is taken for, each role once; empty where sources differ by weight alone
 */
public record MethodInputs(boolean rows, int fewestSources, int mostSources, List<String> roles) {
    /** Rows and nothing else, as training needs them. */
    public static final MethodInputs ROWS = new MethodInputs(true, 0, 0, List.of());
}
