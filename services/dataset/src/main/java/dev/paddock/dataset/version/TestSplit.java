package dev.paddock.dataset.version;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import org.jspecify.annotations.Nullable;

/**
 * Which rows are held out.
 *
 * @param share 0 to 0.5 of all rows, default 0.1
 * @param seed chooses which, default 1
 */
@JsonPropertyOrder({"share", "seed"})
record TestSplit(
        @DecimalMin("0") @DecimalMax("0.5") @Nullable Double share,
        @Nullable Long seed) {
    static final TestSplit DEFAULT = new TestSplit(0.1, 1L);

    double shareOrDefault() {
        return share == null ? 0.1 : share;
    }

    long seedOrDefault() {
        return seed == null ? 1L : seed;
    }
}
