package dev.paddock.trainingjob.sweep;

import dev.paddock.trainingjob.order.Faults;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What the range of one parameter may be. */
final class RangeRules {
    private static final int MOST_VALUES = 100;
    private static final String EITHER = "must be {\"values\":[…]} or {\"min\":…,\"max\":…,\"scale\":\"linear|log\"}";

    private final String field;
    private final boolean grid;
    private final Faults faults;

    RangeRules(String field, boolean grid, Faults faults) {
        this.field = field;
        this.grid = grid;
        this.faults = faults;
    }

    void check(@Nullable Range range, boolean whole) {
        if (range == null) {
            faults.add(field, null, EITHER);
        } else if (range.values() != null) {
            values(range, range.values());
        } else if (range.min() == null || range.max() == null) {
            faults.add(field, range.min() == null ? range.max() : range.min(), EITHER);
        } else {
            bounds(range.min(), range.max(), range, whole);
            scale(range);
        }
    }

    private void values(Range range, List<@Nullable JsonNode> values) {
        if (values.isEmpty() || values.size() > MOST_VALUES) {
            faults.add(field + ".values", values.size() + " values", "must be 1 to " + MOST_VALUES);
        } else if (values.stream().anyMatch(value -> value == null || value.isNull())) {
            faults.add(field + ".values", values, "must not hold null: leave the parameter out to have its default");
        }
        if (range.min() != null || range.max() != null || range.scale() != null || range.points() != null) {
            faults.add(field, "values and a range", EITHER);
        }
    }

    private void bounds(double min, double max, Range range, boolean whole) {
        if (!(min < max) || Double.isInfinite(max - min)) {
            faults.add(field, min + " to " + max, "min must be below max");
        } else if (whole && Math.ceil(min) > Math.floor(max)) {
            faults.add(field, min + " to " + max, "must hold a whole number, since the parameter is one");
        } else if (range.isLog() && min <= 0) {
            faults.add(field + ".min", min, "must be above 0 on a log scale");
        }
    }

    private void scale(Range range) {
        if (range.scale() != null && !range.scale().equals(Range.LINEAR) && !range.isLog()) {
            faults.add(field + ".scale", range.scale(), "must be linear or log");
        }
        Integer points = range.points();
        if (grid && (points == null || points < 2 || points > MOST_VALUES)) {
            faults.add(field + ".points", points, "a grid takes 2 to " + MOST_VALUES + " points of a range, or values");
        }
        if (!grid && points != null) {
            faults.add(field + ".points", points, "is for a grid; draws take any number of the range: leave it out");
        }
    }
}
