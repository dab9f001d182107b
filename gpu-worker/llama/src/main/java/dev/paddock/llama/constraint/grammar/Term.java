package dev.paddock.llama.constraint.grammar;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.lucene.util.automaton.Automata;
import org.apache.lucene.util.automaton.Automaton;
import org.apache.lucene.util.automaton.Operations;
import org.jspecify.annotations.Nullable;

/** A part of a language of byte strings. A position says how much of a part has been read; 0 is its beginning. */
public abstract sealed class Term permits Term.Bytes, Term.Sequence, Term.Choice, Repeat, Term.Rule {
    /** The length of what has no end. */
    static final int NEVER = 1 << 28;

    /** Characters of the texts that one automaton is made of. */
    private static final int MOST_CHARACTERS = 2_000;

    /** Fewest bytes of the whole part; {@link #NEVER} where it allows nothing. */
    private int shortest = NEVER;

    Term() {}

    public static Term bytes(ByteAutomaton automaton) {
        return new Bytes(automaton);
    }

    public static Term literal(String text) {
        return text.isEmpty() ? sequence() : new Bytes(ByteAutomaton.of(text));
    }

    /** Parts that together allow these texts: few, since each is a way of reading that must be followed. */
    public static List<Term> texts(List<String> texts) {
        List<Term> parts = new ArrayList<>();
        List<Automaton> some = new ArrayList<>();
        int characters = 0;
        for (String text : texts.stream().sorted().toList()) {
            if (!some.isEmpty() && characters + text.length() > MOST_CHARACTERS) {
                parts.add(new Bytes(ByteAutomaton.of(Operations.union(some))));
                some.clear();
                characters = 0;
            }
            some.add(Automata.makeString(text));
            characters += text.length();
        }
        if (!some.isEmpty()) {
            parts.add(new Bytes(ByteAutomaton.of(Operations.union(some))));
        }
        return parts;
    }

    public static Term sequence(Term... parts) {
        return new Sequence(List.of(parts));
    }

    /** One of the options; none allows nothing. */
    public static Term choice(List<Term> options) {
        return options.size() == 1 ? options.get(0) : new Choice(List.copyOf(options));
    }

    public static Term optional(Term part) {
        return new Choice(List.of(sequence(), part));
    }

    /**
     * An item again and again.
     *
     * @param item never empty
     * @param most {@link Integer#MAX_VALUE} for any number
     */
    public static Term repeat(Term item, int least, int most) {
        return new Repeat(item, least, most);
    }

    /** States that the part itself takes, without those of parts within it. */
    public int states() {
        return 1;
    }

    final int shortest() {
        return shortest;
    }

    /** Computes the length anew from those of the parts; answers whether it changed. */
    final boolean measure() {
        int measured = left(0);
        boolean changed = measured != shortest;
        shortest = measured;
        return changed;
    }

    static int sum(int first, int second) {
        return Math.min(NEVER, first + second);
    }

    /** Fewest bytes from a position to the part's end. */
    abstract int left(int position);

    abstract List<Term> parts();

    /** Where reading goes on from a position, without a byte read; null is the end of everything. */
    abstract void open(int position, @Nullable Stack below, Stacks stacks, Consumer<@Nullable Stack> found);

    /** A finite automaton; the position is its state. */
    static final class Bytes extends Term {
        private final ByteAutomaton automaton;

        Bytes(ByteAutomaton automaton) {
            this.automaton = automaton;
        }

        @Override
        public int states() {
            return automaton.states();
        }

        ByteAutomaton automaton() {
            return automaton;
        }

        @Override
        int left(int position) {
            return automaton.isEmpty() ? NEVER : automaton.left(position);
        }

        @Override
        List<Term> parts() {
            return List.of();
        }

        @Override
        void open(int position, @Nullable Stack below, Stacks stacks, Consumer<@Nullable Stack> found) {
            if (automaton.accepts(position)) {
                found.accept(below);
            }
        }
    }

    /** One part after another; the position is the next part's index. */
    static final class Sequence extends Term {
        private final List<Term> parts;

        Sequence(List<Term> parts) {
            this.parts = parts;
        }

        @Override
        int left(int position) {
            int sum = 0;
            for (Term part : parts.subList(position, parts.size())) {
                sum = sum(sum, part.shortest());
            }
            return sum;
        }

        @Override
        List<Term> parts() {
            return parts;
        }

        @Override
        void open(int position, @Nullable Stack below, Stacks stacks, Consumer<@Nullable Stack> found) {
            if (position == parts.size()) {
                found.accept(below);
            } else {
                Stack rest = position + 1 == parts.size() ? below : stacks.push(this, position + 1, below);
                found.accept(stacks.push(parts.get(position), 0, rest));
            }
        }
    }

    /** One of several. */
    static final class Choice extends Term {
        private final List<Term> options;

        Choice(List<Term> options) {
            this.options = options;
        }

        @Override
        int left(int position) {
            return options.stream().mapToInt(Term::shortest).min().orElse(NEVER);
        }

        @Override
        List<Term> parts() {
            return options;
        }

        @Override
        void open(int position, @Nullable Stack below, Stacks stacks, Consumer<@Nullable Stack> found) {
            options.forEach(option -> found.accept(stacks.push(option, 0, below)));
        }
    }

    /** A part that may be within itself. */
    public static final class Rule extends Term {
        private Term body = sequence();

        /** Says what the rule stands for; before, it stands for nothing. */
        public void define(Term term) {
            body = term;
        }

        @Override
        int left(int position) {
            return body.shortest();
        }

        @Override
        List<Term> parts() {
            return List.of(body);
        }

        @Override
        void open(int position, @Nullable Stack below, Stacks stacks, Consumer<@Nullable Stack> found) {
            found.accept(stacks.push(body, 0, below));
        }
    }
}
