package dev.paddock.llama.constraint.grammar;

import dev.paddock.llama.constraint.ConstraintException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A language read byte by byte: a set of stacks, kept as the states of an automaton that is built as it is walked. For use by one
 * thread at a time.
 *
 * <p>Where a text can be read in many ways, the {@value #MOST_STACKS} nearest to their end are followed; the nearest is among them, so
 * {@link State#left} stays true.
 */
public final class Grammar {
    /** Ways of reading a text that are followed. */
    static final int MOST_STACKS = 256;

    static final int MOST_STATES = 1_024;
    /** Stacks that may be looked at for one token. */
    private static final long MOST_WORK = 10_000_000;

    private static final int MOST_TERMS = 50_000;

    private final Stacks stacks = new Stacks();
    private final Map<Set<Stack>, State> going = new HashMap<>();
    private final Map<Set<Stack>, State> ending = new HashMap<>();
    private final State start;
    private long work;

    /** @throws ConstraintException where the language is too large; one that is empty has a dead {@link #start} */
    public Grammar(Term language) {
        measure(language);
        Closure closure = new Closure();
        closure.add(stacks.push(language, 0, null));
        start = closure.state();
    }

    public State start() {
        return start;
    }

    /** A new token: the work for it is counted from here. */
    public void startToken() {
        work = 0;
    }

    /**
     * The state behind one more byte (0 to 255).
     *
     * @throws ConstraintException where so much has been walked since the token's start that it would take too long
     */
    public State step(State from, int value) {
        State known = from.next[value];
        if (known == null) {
            known = behind(from, value);
            from.next[value] = known;
        }
        return known;
    }

    /** The lowest byte with which a shortest end begins; of a state that neither accepts nor is dead. */
    public int shortestByte(State state) {
        int value = state.shortestByte();
        while (value < 0 || step(state, value).left() != state.left() - 1) {
            value++;
        }
        state.shortestByte(value);
        return value;
    }

    private State behind(State from, int value) {
        spend(from.ready.size());
        Closure closure = new Closure();
        for (Stack stack : from.ready) {
            if (stack.term() instanceof Term.Bytes bytes) {
                int to = bytes.automaton().next(stack.position(), value);
                if (to >= 0) {
                    closure.add(stacks.push(bytes, to, stack.below()));
                }
            }
        }
        return closure.state();
    }

    private void spend(int stacks) {
        work += stacks;
        if (work > MOST_WORK) {
            throw new ConstraintException("it can be read in too many ways; make it simpler");
        }
    }

    /** Gives every part its length: the least solution, found from below. */
    private static void measure(Term language) {
        Set<Term> terms = new LinkedHashSet<>();
        Deque<Term> found = new ArrayDeque<>(List.of(language));
        while (!found.isEmpty()) {
            Term term = found.removeLast();
            if (terms.add(term)) {
                found.addAll(term.parts());
            }
        }
        if (terms.size() > MOST_TERMS) {
            throw new ConstraintException("the constraint has %d parts; at most %d are allowed, so make it smaller"
                    .formatted(terms.size(), MOST_TERMS));
        }
        List<Term> inner = new ArrayList<>(terms);
        Collections.reverse(inner);
        boolean changed = true;
        while (changed) {
            changed = false;
            for (Term term : inner) {
                changed |= term.measure();
            }
        }
    }

    /** Lets go of all states but those that answers are at. */
    private void forget() {
        going.values().forEach(State::forget);
        ending.values().forEach(State::forget);
        start.forget();
        going.clear();
        ending.clear();
        stacks.forget();
    }

    /** Follows stacks to where they wait for a byte. */
    private final class Closure {
        private final Set<Stack> seen = new LinkedHashSet<>();
        private final Set<Stack> ready = new LinkedHashSet<>();
        private final Deque<Stack> waiting = new ArrayDeque<>();
        private boolean accepting;

        void add(@Nullable Stack stack) {
            if (stack == null) {
                accepting = true;
            } else if (stack.left() < Term.NEVER && seen.add(stack)) {
                waiting.add(stack);
            }
        }

        State state() {
            while (!waiting.isEmpty()) {
                Stack stack = waiting.removeLast();
                if (stack.term() instanceof Term.Bytes bytes
                        && bytes.automaton().goesOn(stack.position())) {
                    ready.add(stack);
                }
                stack.term().open(stack.position(), stack.below(), stacks, this::add);
            }
            spend(seen.size());
            return known(nearest());
        }

        private Set<Stack> nearest() {
            if (ready.size() <= MOST_STACKS) {
                return ready;
            }
            List<Stack> sorted = new ArrayList<>(ready);
            sorted.sort(Comparator.comparingInt(Stack::left));
            return new LinkedHashSet<>(sorted.subList(0, MOST_STACKS));
        }

        private State known(Set<Stack> followed) {
            if (going.size() + ending.size() > MOST_STATES) {
                forget();
            }
            return (accepting ? ending : going).computeIfAbsent(followed, set -> new State(set, accepting));
        }
    }
}
