package dev.paddock.llama.training;

import tools.jackson.databind.JsonNode;

/**
 * What a row says about itself.
 *
 * @param weight what it counts in the loss, from 0 to 100: its {@code weight}, or 1
 * @param source where it is from: its {@code source}, or {@link #DOMAIN}
 */
record RowMark(float weight, String source) {
    /** Source of a row that names none. */
    static final String DOMAIN = "domain";

    private static final double MOST = 100;

    /**
     * Reads both.
     *
     * @throws IllegalArgumentException when one of them has another value
     */
    static RowMark of(JsonNode row) {
        return new RowMark(weight(row.path("weight")), source(row.path("source")));
    }

    private static float weight(JsonNode weight) {
        if (weight.isMissingNode() || weight.isNull()) {
            return 1;
        }
        double value = weight.isNumber() ? weight.asDouble() : Double.NaN;
        if (!(value >= 0 && value <= MOST)) {
            throw new IllegalArgumentException("weight must be a number from 0 to 100, was " + weight);
        }
        return (float) value;
    }

    private static String source(JsonNode source) {
        if (source.isMissingNode() || source.isNull()) {
            return DOMAIN;
        }
        if (!source.isString() || source.asString().isBlank()) {
            throw new IllegalArgumentException("source must be a text, was " + source);
        }
        return source.asString();
    }
}
