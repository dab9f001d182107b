package dev.paddock.dataset.upload;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What a JSON row of any format may say about itself, or which field is wrong. */
final class RowMarks {
    private static final double MAX_WEIGHT = 100;

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
