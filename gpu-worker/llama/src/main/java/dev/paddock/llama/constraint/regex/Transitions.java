package dev.paddock.llama.constraint.regex;

import java.util.List;
import org.apache.lucene.util.automaton.Automaton;

/**
 * Bounds the transitions that Lucene makes for one expression, before it makes them. Each accepting state of a part gets the first
 * transitions of the next one, and where that may be empty also those behind it.
 */
final class Transitions {
    private static final long MOST = 10_000_000;

    private long made;

    /** Counts parts put one behind another; answers whether there are few enough still. */
    boolean concatenate(List<Automaton> parts) {
        long following = 0;
        for (int i = parts.size() - 1; i >= 0; i--) {
            Automaton part = parts.get(i);
            made += part.getNumTransitions() + accepting(part) * following;
            following = first(part) + (nullable(part) ? following : 0);
        }
        return made <= MOST;
    }

    /** Counts a part again and again, so often at least; answers whether there are few enough still. */
    boolean repeat(Automaton part, int copies, int least) {
        long chains = nullable(part) ? (long) least * least / 2 : 0;
        made += (long) copies * part.getNumTransitions() + (copies + chains) * (accepting(part) + 1) * first(part);
        return made <= MOST;
    }

    private static boolean nullable(Automaton part) {
        return part.getNumStates() > 0 && part.isAccept(0);
    }

    private static long first(Automaton part) {
        return part.getNumStates() == 0 ? 0 : part.getNumTransitions(0);
    }

    private static long accepting(Automaton part) {
        long count = 0;
        for (int state = 0; state < part.getNumStates(); state++) {
            count += part.isAccept(state) ? 1 : 0;
        }
        return count;
    }
}
