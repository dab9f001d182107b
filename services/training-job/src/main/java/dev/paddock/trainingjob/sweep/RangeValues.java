package dev.paddock.trainingjob.sweep;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** The values of a checked range; numbers between its bounds have six digits. */
final class RangeValues {
    private static final MathContext DIGITS = new MathContext(6);

    private RangeValues() {}

    /** What a grid takes, each value once. */
    static List<JsonNode> all(Range range, boolean whole) {
        if (range.values() != null) {
            return range.values().stream().filter(Objects::nonNull).distinct().toList();
        }
        int points = requireNonNull(range.points());
        return IntStream.range(0, points)
                .mapToObj(point -> number(range, at(range, (double) point / (points - 1)), whole))
                .distinct()
                .toList();
    }

    /** One value, each as likely as the others, or evenly on the range's scale. */
    static JsonNode draw(Range range, boolean whole, Random random) {
        if (range.values() != null) {
            return requireNonNull(
                    range.values().get(random.nextInt(range.values().size())));
        }
        double part = random.nextDouble();
        if (whole && !range.isLog()) {
            double least = Math.ceil(requireNonNull(range.min()));
            double many = Math.floor(requireNonNull(range.max())) - least + 1;
            return JsonNodeFactory.instance.numberNode((long) (least + Math.floor(part * many)));
        }
        return number(range, at(range, part), whole);
    }

    /** The number at a part of the range, from 0 to 1. */
    private static double at(Range range, double part) {
        double min = requireNonNull(range.min());
        double max = requireNonNull(range.max());
        return range.isLog() ? min * Math.pow(max / min, part) : min + (max - min) * part;
    }

    private static JsonNode number(Range range, double value, boolean whole) {
        double min = requireNonNull(range.min());
        double max = requireNonNull(range.max());
        if (whole) {
            return JsonNodeFactory.instance.numberNode(
                    (long) Math.min(Math.floor(max), Math.max(Math.ceil(min), Math.rint(value))));
        }
        double rounded = new BigDecimal(value).round(DIGITS).doubleValue();
        return JsonNodeFactory.instance.numberNode(Math.min(max, Math.max(min, rounded)));
    }
}
