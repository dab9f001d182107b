package dev.paddock.llama.training;

import tools.jackson.databind.JsonNode;

/** What a row counts in the loss: its {@code weight}, or 1. */
final class RowWeight {
    private static final double MOST = 100;

    private RowWeight() {}

    /**
     * From 0 to 100.
     *
     * @throws IllegalArgumentException when it is another value
     */
    static float of(JsonNode row) {
        JsonNode weight = row.path("weight");
        if (weight.isMissingNode() || weight.isNull()) {
            return 1;
        }
        double value = weight.isNumber() ? weight.asDouble() : Double.NaN;
        if (!(value >= 0 && value <= MOST)) {
            throw new IllegalArgumentException("weight must be a number from 0 to 100, was " + weight);
        }
        return (float) value;
    }
}
