package dev.paddock.llama.constraint.schema;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.util.automaton.Automata;
import org.apache.lucene.util.automaton.Automaton;
import org.apache.lucene.util.automaton.Operations;

/** Decimal notations of the integers in a range, the last digits behind a point. */
final class Digits {
    /** Digits behind the point. */
    private final int decimals;

    private Digits(int decimals) {
        this.decimals = decimals;
    }

    /**
     * Notations without sign, exponent or needless leading zeros.
     *
     * @param first 0 or more, in units of the last decimal
     * @param last at least {@code first}
     */
    static Automaton between(BigInteger first, BigInteger last, int decimals) {
        Digits digits = new Digits(decimals);
        List<Automaton> lengths = new ArrayList<>();
        int shortest = Math.max(decimals + 1, first.toString().length());
        int longest = Math.max(decimals + 1, last.toString().length());
        for (int length = shortest; length <= longest; length++) {
            BigInteger least = length == decimals + 1 ? BigInteger.ZERO : BigInteger.TEN.pow(length - 1);
            BigInteger most = BigInteger.TEN.pow(length).subtract(BigInteger.ONE);
            lengths.add(digits.range(padded(first.max(least), length), padded(last.min(most), length)));
        }
        return Operations.union(lengths);
    }

    private static String padded(BigInteger value, int length) {
        String digits = value.toString();
        return "0".repeat(length - digits.length()) + digits;
    }

    /** Notations from one to another of as many digits. */
    private Automaton range(String low, String high) {
        if (low.isEmpty()) {
            return Automata.makeEmptyString();
        }
        int length = low.length();
        char first = low.charAt(0);
        char last = high.charAt(0);
        String nines = "9".repeat(length - 1);
        String zeros = "0".repeat(length - 1);
        if (first == last) {
            return led(first, last, range(low.substring(1), high.substring(1)), length);
        }
        boolean whole = low.substring(1).equals(zeros) && high.substring(1).equals(nines);
        if (whole) {
            return led(first, last, length == 1 ? Automata.makeEmptyString() : range(zeros, nines), length);
        }
        List<Automaton> parts = new ArrayList<>();
        parts.add(led(first, first, range(low.substring(1), nines), length));
        if (last - first > 1) {
            parts.add(led((char) (first + 1), (char) (last - 1), range(zeros, nines), length));
        }
        parts.add(led(last, last, range(zeros, high.substring(1)), length));
        return Operations.union(parts);
    }

    /** A digit, the point where it belongs behind it, and the rest. */
    private Automaton led(char low, char high, Automaton rest, int length) {
        Automaton digit = Automata.makeCharRange(low, high);
        return length - 1 == decimals && decimals > 0
                ? Operations.concatenate(List.of(digit, Automata.makeChar('.'), rest))
                : Operations.concatenate(digit, rest);
    }
}
