package dev.paddock.llama.constraint.schema;

import dev.paddock.llama.constraint.grammar.ByteAutomaton;
import dev.paddock.llama.constraint.grammar.Term;
import java.math.BigDecimal;
import org.apache.lucene.util.automaton.Automaton;
import org.apache.lucene.util.automaton.Operations;
import org.jspecify.annotations.Nullable;

/** Integers and numbers; with bounds they are written without exponent and with at most six decimals, or as many as the bounds have. */
final class NumberSchemas {
    private static final int DECIMALS = 6;
    private static final int MOST_DECIMALS = 12;
    private static final BigDecimal LARGEST_STEP = BigDecimal.valueOf(100);

    private NumberSchemas() {}

    static Term read(SchemaReader reader, Keywords keywords, boolean integer) {
        Numbers.Bounds bounds = bounds(keywords);
        BigDecimal step = keywords.number("multipleOf");
        if (bounds.none() && step == null) {
            return integer ? Numbers.anyInteger() : Numbers.any();
        }
        if (bounds.decimals() > MOST_DECIMALS) {
            throw keywords.wrong("minimum", "bounds of more than " + MOST_DECIMALS + " decimals are not supported");
        }
        int decimals = integer ? 0 : Math.max(DECIMALS, bounds.decimals());
        Automaton numbers =
                Numbers.between(bounds, step == null ? decimals : decimals(keywords, step, decimals), step(step));
        return Operations.isEmpty(numbers)
                ? reader.nothing(
                        keywords.at(keywords.has("minimum") ? "minimum" : "exclusiveMinimum"),
                        "no " + (integer ? "integer" : "number") + " lies within the bounds")
                : Term.bytes(ByteAutomaton.of(numbers));
    }

    /** Decimals that the multiples of a step have: it is an integer up to 100, or a negative power of ten. */
    private static int decimals(Keywords keywords, BigDecimal step, int most) {
        BigDecimal plain = step.stripTrailingZeros();
        boolean whole = plain.scale() <= 0 && plain.signum() > 0 && plain.compareTo(LARGEST_STEP) <= 0;
        boolean tenth = plain.scale() > 0 && plain.unscaledValue().intValue() == 1 && plain.precision() == 1;
        if (!whole && !tenth) {
            throw keywords.wrong(
                    "multipleOf",
                    step + " is not supported; it must be an integer from 1 to 100, or 0.1, 0.01 and so on");
        }
        return whole ? 0 : Math.min(most, plain.scale());
    }

    private static int step(@Nullable BigDecimal step) {
        return step == null || step.compareTo(BigDecimal.ONE) < 0 ? 1 : step.intValue();
    }

    private static Numbers.Bounds bounds(Keywords keywords) {
        BigDecimal low = keywords.number("minimum");
        BigDecimal above = keywords.number("exclusiveMinimum");
        BigDecimal high = keywords.number("maximum");
        BigDecimal below = keywords.number("exclusiveMaximum");
        boolean lowExcluded = above != null && (low == null || above.compareTo(low) >= 0);
        boolean highExcluded = below != null && (high == null || below.compareTo(high) <= 0);
        return new Numbers.Bounds(lowExcluded ? above : low, lowExcluded, highExcluded ? below : high, highExcluded);
    }
}
