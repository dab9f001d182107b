package dev.paddock.contracts.event;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an order must name for a method, beside its base.
 *
 * @param rows whether a dataset version must be named; otherwise it may be, as what evaluation asks about
 * @param fewestSources least number of source versions
 * @param mostSources greatest number of source versions; 0 for a method that takes none
 * @param roles what each source is taken for, each role once; empty where sources differ by weight alone
 * @param adapters whether every source is an adapter of the order's base, and no weight tells them apart; false where it is absent
 */
public record MethodInputs(
        boolean rows,
        int fewestSources,
        int mostSources,
        List<String> roles,
        @Nullable Boolean adapters) {
    /** Rows and nothing else, as training needs them. */
    public static final MethodInputs ROWS = new MethodInputs(true, 0, 0, List.of());

    /** Sources of any kind. */
    public MethodInputs(boolean rows, int fewestSources, int mostSources, List<String> roles) {
        this(rows, fewestSources, mostSources, roles, null);
    }
}
