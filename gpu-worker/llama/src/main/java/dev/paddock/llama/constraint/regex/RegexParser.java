package dev.paddock.llama.constraint.regex;

import dev.paddock.llama.constraint.ConstraintException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.apache.lucene.util.automaton.Automata;
import org.apache.lucene.util.automaton.Automaton;
import org.apache.lucene.util.automaton.Operations;

/**
 * Reads a regular expression in ECMAScript's notation as far as it is regular: alternatives, groups, quantifiers (lazy ones are the
 * same language), classes, {@code \d \w \s}, escapes, and anchors at the ends. Look-around, back references, word boundaries and
 * Unicode properties are refused with their position.
 */
public final class RegexParser {
    private static final int MOST_STATES = 50_000;
    private static final int DEEPEST = 200;
    /** Pairs of states that an intersection may look at. */
    private static final long MOST_PAIRS = 1_000_000;

    private final RegexText text;
    private final boolean search;
    private final Transitions transitions = new Transitions();
    private int depth;

    private RegexParser(String source, boolean search) {
        this.text = new RegexText(source);
        this.search = search;
    }

    /** Texts that match as a whole. */
    public static Automaton whole(String source) {
        return new RegexParser(source, false).parse();
    }

    /** Texts in which a match is found: an end without an anchor may be followed or preceded by anything. */
    public static Automaton within(String source) {
        return new RegexParser(source, true).parse();
    }

    private Automaton parse() {
        List<Automaton> options = new ArrayList<>();
        do {
            options.add(anchored());
        } while (text.take('|'));
        if (!text.ended()) {
            throw text.wrong("a ) that closes no group");
        }
        return bounded(Operations.union(options));
    }

    /** One of the outermost alternatives. */
    private Automaton anchored() {
        boolean begins = text.take('^');
        Automaton inner = sequence();
        boolean ends = text.take('$');
        if (ends && !text.ended() && text.peek() != '|') {
            throw text.wrong("an anchor is supported at the ends of the expression only");
        }
        List<Automaton> parts = new ArrayList<>();
        if (search && !begins) {
            parts.add(Operations.repeat(CodePoints.any()));
        }
        parts.add(inner);
        if (search && !ends) {
            parts.add(Operations.repeat(CodePoints.any()));
        }
        return concatenated(parts);
    }

    private Automaton alternatives() {
        List<Automaton> options = new ArrayList<>();
        do {
            options.add(sequence());
        } while (text.take('|'));
        return bounded(Operations.union(options));
    }

    private Automaton sequence() {
        List<Automaton> parts = new ArrayList<>();
        while (!text.ended() && text.peek() != '|' && text.peek() != ')' && text.peek() != '$') {
            parts.add(quantified(atom()));
        }
        return parts.isEmpty() ? Automata.makeEmptyString() : bounded(concatenated(parts));
    }

    private Automaton quantified(Automaton atom) {
        RegexText.Count count = text.quantifier();
        if (count == null) {
            return atom;
        }
        int copies = Math.max(count.least(), count.most() == Integer.MAX_VALUE ? 1 : count.most());
        if ((long) copies * Math.max(1, atom.getNumStates()) > MOST_STATES) {
            throw text.wrong("the repetition takes too many states; use smaller counts");
        }
        require(transitions.repeat(atom, copies, count.least()));
        return count.most() == Integer.MAX_VALUE
                ? Operations.repeat(atom, count.least())
                : Operations.repeat(atom, count.least(), count.most());
    }

    private Automaton atom() {
        int character = text.next();
        return switch (character) {
            case '(' -> group();
            case '[' -> CodePoints.automaton(new RegexClass(text).read());
            case '.' -> CodePoints.automaton(CodePoints.dot());
            case '\\' -> CodePoints.automaton(escape());
            case '^' -> throw text.wrong("an anchor is supported at the ends of the expression only");
            case '*', '+', '?' -> throw text.wrong("there is nothing to repeat");
            default -> CodePoints.automaton(CodePoints.range(character, character));
        };
    }

    private Automaton group() {
        if (text.take('?')) {
            if (text.take('<') && text.named()) {
                text.skipName();
            } else if (!text.take(':')) {
                throw text.wrong("look-around and flags are not supported");
            }
        }
        if (++depth > DEEPEST) {
            throw text.wrong("groups are nested more than " + DEEPEST + " deep");
        }
        Automaton inner = alternatives();
        depth--;
        if (!text.take(')')) {
            throw text.wrong("a group is not closed");
        }
        return inner;
    }

    private BitSet escape() {
        int kind = text.peek();
        if (kind == 'b' || kind == 'B' || kind == 'k' || (kind >= '1' && kind <= '9')) {
            throw text.wrong("back references and word boundaries are not supported");
        }
        return text.escape();
    }

    private Automaton concatenated(List<Automaton> parts) {
        require(transitions.concatenate(parts));
        return Operations.concatenate(parts);
    }

    private void require(boolean few) {
        if (!few) {
            throw text.wrong("it takes too many transitions; make it simpler");
        }
    }

    private Automaton bounded(Automaton automaton) {
        if (automaton.getNumStates() > MOST_STATES) {
            throw text.wrong("the expression takes more than " + MOST_STATES + " states; make it smaller");
        }
        return automaton;
    }

    /** The automaton's texts whose numbers of characters lie in a range. */
    public static Automaton ofLength(Automaton texts, int least, int most) {
        if (Math.max(least, most == Integer.MAX_VALUE ? 0 : most) > MOST_STATES) {
            throw new ConstraintException("a length above " + MOST_STATES + " beside a pattern is not supported");
        }
        Automaton lengths = most == Integer.MAX_VALUE
                ? Operations.repeat(CodePoints.any(), least)
                : least > most ? Automata.makeEmpty() : Operations.repeat(CodePoints.any(), least, most);
        return both(texts, lengths);
    }

    /** The texts that two automata accept. */
    public static Automaton both(Automaton one, Automaton other) {
        long pairs = (long) one.getNumStates() * other.getNumStates();
        if (pairs > MOST_PAIRS) {
            throw new ConstraintException(
                    "a pattern, format and length at once take %d pairs of states; at most %d are supported, so use smaller counts"
                            .formatted(pairs, MOST_PAIRS));
        }
        return Operations.removeDeadStates(Operations.intersection(one, other));
    }
}
