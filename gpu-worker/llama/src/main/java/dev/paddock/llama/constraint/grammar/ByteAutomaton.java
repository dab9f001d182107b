package dev.paddock.llama.constraint.grammar;

import dev.paddock.llama.constraint.ConstraintException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import org.apache.lucene.util.automaton.Automata;
import org.apache.lucene.util.automaton.Automaton;
import org.apache.lucene.util.automaton.Operations;
import org.apache.lucene.util.automaton.TooComplexToDeterminizeException;
import org.apache.lucene.util.automaton.Transition;
import org.apache.lucene.util.automaton.UTF32ToUTF8;

/** A deterministic finite automaton over bytes, every state of which leads to acceptance. State 0 is the first. Immutable. */
public final class ByteAutomaton {
    /** Effort, as Lucene counts it, that making one automaton deterministic may take. */
    public static final int EFFORT = 200_000;

    private static final int MOST_STATES = 10_000;
    private static final char NONE = Character.MAX_VALUE;

    /** {@code [states, 256]}. */
    private final char[] next;

    private final boolean[] accepting;
    /** Fewest bytes from each state to acceptance. */
    private final int[] left;

    private ByteAutomaton(Automaton automaton) {
        int states = automaton.getNumStates();
        next = new char[states * 256];
        Arrays.fill(next, NONE);
        accepting = new boolean[states];
        Transition transition = new Transition();
        for (int state = 0; state < states; state++) {
            accepting[state] = automaton.isAccept(state);
            int count = automaton.initTransition(state, transition);
            for (int i = 0; i < count; i++) {
                automaton.getNextTransition(transition);
                Arrays.fill(
                        next, 256 * state + transition.min, 256 * state + transition.max + 1, (char) transition.dest);
            }
        }
        left = distances();
    }

    /** The UTF-8 of the texts that an automaton over code points accepts; it must not accept surrogates. */
    public static ByteAutomaton of(Automaton codePoints) {
        try {
            Automaton bytes = new UTF32ToUTF8().convert(Operations.determinize(codePoints, EFFORT));
            Automaton valid = Operations.intersection(Operations.determinize(bytes, EFFORT), Utf8.TEXTS);
            Automaton live = Operations.removeDeadStates(Operations.determinize(valid, EFFORT));
            if (live.getNumStates() > MOST_STATES) {
                throw new ConstraintException("an expression takes %d states; at most %d are allowed, so shorten it"
                        .formatted(live.getNumStates(), MOST_STATES));
            }
            return new ByteAutomaton(live);
        } catch (TooComplexToDeterminizeException e) {
            throw new ConstraintException("an expression takes too many states; make it simpler or its counts smaller");
        }
    }

    public static ByteAutomaton of(String text) {
        return of(Automata.makeString(text));
    }

    int states() {
        return accepting.length;
    }

    /** Whether nothing is accepted. */
    boolean isEmpty() {
        return accepting.length == 0;
    }

    /** The state behind a byte (0 to 255), or -1. */
    int next(int state, int value) {
        char to = next[256 * state + value];
        return to == NONE ? -1 : to;
    }

    /** Whether a byte can follow. */
    boolean goesOn(int state) {
        for (int i = 256 * state; i < 256 * (state + 1); i++) {
            if (next[i] != NONE) {
                return true;
            }
        }
        return false;
    }

    boolean accepts(int state) {
        return accepting[state];
    }

    /** Fewest bytes to acceptance; 0 in an accepting state. */
    int left(int state) {
        return left[state];
    }

    private int[] distances() {
        int states = accepting.length;
        List<List<Integer>> sources = new ArrayList<>();
        for (int i = 0; i < states; i++) {
            sources.add(new ArrayList<>());
        }
        for (int i = 0; i < next.length; i++) {
            if (next[i] != NONE && (i % 256 == 0 || next[i] != next[i - 1])) {
                sources.get(next[i]).add(i / 256);
            }
        }
        int[] distances = new int[states];
        Arrays.fill(distances, Term.NEVER);
        Deque<Integer> reached = new ArrayDeque<>();
        for (int state = 0; state < states; state++) {
            if (accepting[state]) {
                distances[state] = 0;
                reached.add(state);
            }
        }
        while (!reached.isEmpty()) {
            int state = reached.remove();
            for (int source : sources.get(state)) {
                if (distances[source] == Term.NEVER) {
                    distances[source] = distances[state] + 1;
                    reached.add(source);
                }
            }
        }
        return distances;
    }
}
