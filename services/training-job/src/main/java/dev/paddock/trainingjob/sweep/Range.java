package dev.paddock.trainingjob.sweep;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What one parameter may be: one of some values, or a number between two bounds.
 *
 * @param values the values; then nothing else is given
 * @param min least number
 * @param max greatest number
 * @param scale linear (when absent) or log: where numbers are drawn evenly
 * @param points how many numbers of the range a grid takes, both bounds among them
 */
record Range(
        @Nullable List<@Nullable JsonNode> values,
        @Nullable Double min,
        @Nullable Double max,
        @Nullable String scale,
        @Nullable Integer points) {
    static final String LINEAR = "linear";
    static final String LOG = "log";

    boolean isLog() {
        return LOG.equals(scale);
    }
}
