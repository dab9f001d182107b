package dev.paddock.llama.constraint.schema;

import dev.paddock.llama.constraint.grammar.ByteAutomaton;
import dev.paddock.llama.constraint.grammar.Term;
import dev.paddock.llama.constraint.regex.RegexParser;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.util.automaton.Automata;
import org.apache.lucene.util.automaton.Automaton;
import org.apache.lucene.util.automaton.Operations;
import org.jspecify.annotations.Nullable;

/** Numbers in JSON's notation, within bounds. */
final class Numbers {
    private static final ByteAutomaton ANY =
            ByteAutomaton.of(RegexParser.whole("-?(0|[1-9][0-9]{0,15})(\\.[0-9]{1,16})?([eE][+-]?[0-9]{1,2})?"));
    private static final ByteAutomaton INTEGER = ByteAutomaton.of(RegexParser.whole("-?(0|[1-9][0-9]{0,17})"));
    /** Beyond it no bound is made up where the schema has none. */
    private static final BigDecimal FAR = BigDecimal.TEN.pow(15);

    private Numbers() {}

    static Term any() {
        return Term.bytes(ANY);
    }

    static Term anyInteger() {
        return Term.bytes(INTEGER);
    }

    /**
     * Numbers with a given number of decimals at most, without exponent.
     *
     * @param decimals 0 for integers
     * @param step what every number is a multiple of, 1 to 100; 1 for integers without such a rule; other than 1 without decimals
     */
    static Automaton between(Bounds bounds, int decimals, int step) {
        BigDecimal far = FAR.max(bounds.largest().multiply(BigDecimal.TEN));
        BigDecimal low = bounds.low() == null ? far.negate() : bounds.low();
        BigDecimal high = bounds.high() == null ? far : bounds.high();
        List<Automaton> notations = new ArrayList<>();
        for (int scale = 0; scale <= decimals; scale++) {
            BigInteger first = scaled(low, scale, RoundingMode.CEILING, bounds.lowExcluded() ? 1 : 0);
            BigInteger last = scaled(high, scale, RoundingMode.FLOOR, bounds.highExcluded() ? -1 : 0);
            if (first.compareTo(last) <= 0) {
                notations.add(signed(first, last, scale));
            }
        }
        Automaton all = Operations.union(notations);
        return step == 1 ? all : Operations.intersection(all, multiples(step));
    }

    /** @param beyond added where the bound itself is a number of that many decimals, which is not allowed */
    private static BigInteger scaled(BigDecimal bound, int scale, RoundingMode mode, int beyond) {
        BigDecimal moved = bound.movePointRight(scale);
        BigInteger whole = moved.setScale(0, mode).toBigInteger();
        boolean exact = moved.compareTo(new BigDecimal(whole)) == 0;
        return exact ? whole.add(BigInteger.valueOf(beyond)) : whole;
    }

    private static Automaton signed(BigInteger first, BigInteger last, int scale) {
        List<Automaton> parts = new ArrayList<>();
        if (last.signum() >= 0) {
            parts.add(Digits.between(first.max(BigInteger.ZERO), last, scale));
        }
        if (first.signum() < 0) {
            BigInteger nearest = last.signum() < 0 ? last.negate() : BigInteger.ONE;
            parts.add(Operations.concatenate(
                    List.of(Automata.makeChar('-'), Digits.between(nearest, first.negate(), scale))));
        }
        return Operations.union(parts);
    }

    /** Decimal notations of an integer's multiples: the state is the remainder of what was read. */
    private static Automaton multiples(int step) {
        Automaton.Builder builder = new Automaton.Builder();
        int start = builder.createState();
        for (int remainder = 0; remainder < step; remainder++) {
            builder.setAccept(builder.createState(), remainder == 0);
        }
        builder.addTransition(start, 1, '-');
        for (int digit = 0; digit < 10; digit++) {
            builder.addTransition(start, 1 + digit % step, '0' + digit);
            for (int remainder = 0; remainder < step; remainder++) {
                builder.addTransition(1 + remainder, 1 + (10 * remainder + digit) % step, '0' + digit);
            }
        }
        return builder.finish();
    }

    /**
     * Where numbers lie.
     *
     * @param low null for anywhere below
     * @param high null for anywhere above
     */
    record Bounds(
            @Nullable BigDecimal low,
            boolean lowExcluded,
            @Nullable BigDecimal high,
            boolean highExcluded) {

        boolean none() {
            return low == null && high == null;
        }

        /** Decimals that the bounds have. */
        int decimals() {
            return Math.max(decimals(low), decimals(high));
        }

        private static int decimals(@Nullable BigDecimal bound) {
            return bound == null ? 0 : Math.max(0, bound.stripTrailingZeros().scale());
        }

        BigDecimal largest() {
            BigDecimal below = low == null ? BigDecimal.ZERO : low.abs();
            return high == null ? below : below.max(high.abs());
        }
    }
}
