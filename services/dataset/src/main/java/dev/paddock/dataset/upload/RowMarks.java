package dev.paddock.dataset.upload;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What a JSON row of any format may say about itself, or which field is wrong. */
final class RowMarks {
    /** Source of a row that names none. */
    static final String DOMAIN = "domain";

    private static final double MAX_WEIGHT = 100;
    private static final int LONGEST_SOURCE = 200;

    private RowMarks() {}

    /** Whether the answer was judged a good one; null where nobody judged. */
    static @Nullable Boolean label(JsonNode row) {
        JsonNode label = row.path("label");
        if (label.isMissingNode() || label.isNull()) {
            return null;
        }
        if (!label.isBoolean()) {
            throw new InvalidRowException("label", "must be true or false");
        }
        return label.asBoolean();
    }

    /** Where the row is from; null for the domain. */
    static @Nullable String source(JsonNode row) {
        JsonNode source = row.path("source");
        if (source.isMissingNode()
                || source.isNull()
                || (source.isString() && source.asString().isBlank())) {
            return null;
        }
        if (!source.isString() || source.asString().length() > LONGEST_SOURCE) {
            throw new InvalidRowException("source", "must be a text of at most " + LONGEST_SOURCE + " characters");
        }
        String named = RowShape.at(row, "source", "");
        return named.equals(DOMAIN) ? null : named;
    }

    /** What the row counts in a training's loss; null where it is not given. */
    static @Nullable Double weight(JsonNode row) {
        JsonNode weight = row.path("weight");
        if (weight.isMissingNode() || weight.isNull()) {
            return null;
        }
        double value = weight.isNumber() ? weight.asDouble() : Double.NaN;
        if (!(value >= 0 && value <= MAX_WEIGHT)) {
            throw new InvalidRowException("weight", "must be a number from 0 to 100");
        }
        return value;
    }
}
