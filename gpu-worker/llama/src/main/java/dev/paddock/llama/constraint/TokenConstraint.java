package dev.paddock.llama.constraint;

import dev.paddock.llama.constraint.grammar.Grammar;
import dev.paddock.llama.constraint.grammar.State;
import dev.paddock.llama.constraint.grammar.Term;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;

/**
 * A language over a vocabulary: which tokens may come next, so that the text can still be ended within the tokens left. Safe for use
 * by several threads.
 *
 * <p>The end that is reckoned with is the shortest in bytes, written with the longest token each time. Its number of tokens falls by
 * one with each of its tokens, so one token is always allowed once the first count fits.
 */
public final class TokenConstraint {
    /** More tokens than any answer has: there is no end. */
    private static final int ENDLESS = 1 << 28;

    /** Bytes that the shortest text of a language may have. */
    private static final int MOST_BYTES = 32_768;

    private final Grammar grammar;
    private final TokenTable tokens;
    private final Set<Integer> endIds;
    private final Map<State, Allowed> allowed = new WeakHashMap<>();
    private final Map<State, Integer> counts = new WeakHashMap<>();

    /** @param farthest a bound of the tokens that are left behind any of these */
    private record Allowed(BitSet ids, int farthest) {}

    /**
     * @param endIds tokens that end an answer
     * @throws ConstraintException where the language is empty or its texts are too long, or the vocabulary cannot write it
     */
    TokenConstraint(Term language, TokenTable tokens, Set<Integer> endIds) {
        this.grammar = new Grammar(language);
        this.tokens = tokens;
        this.endIds = Set.copyOf(endIds);
        if (grammar.start().dead()) {
            throw new ConstraintException("the constraint allows no text; loosen it");
        }
        if (grammar.start().left() > MOST_BYTES) {
            throw new ConstraintException(
                    "the shortest text that the constraint allows has %d bytes; at most %d are supported"
                            .formatted(grammar.start().left(), MOST_BYTES));
        }
        grammar.startToken();
        if (count(grammar.start()) >= ENDLESS) {
            throw new ConstraintException("the model's vocabulary cannot write what the constraint asks for");
        }
    }

    /** Tokens with which the language's shortest text can be written: an answer that may have fewer cannot be given. */
    public synchronized int leastTokens() {
        return count(grammar.start());
    }

    /** A new answer. */
    public ConstraintCursor start() {
        return new ConstraintCursor(this, grammar.start());
    }

    /**
     * Ids that may come next where so many tokens are left, this one among them; not to be changed.
     *
     * @throws ConstraintException where finding them takes too much work
     */
    synchronized BitSet allowed(State at, int tokensLeft) {
        grammar.startToken();
        Allowed known = allowed.get(at);
        if (known == null) {
            known = compute(at);
            allowed.put(at, known);
        }
        return known.farthest() < tokensLeft ? known.ids() : endable(at, tokensLeft);
    }

    private Allowed compute(State at) {
        BitSet ids = ends(at);
        int[] farthest = {0};
        tokens.walk(grammar, at, (id, behind) -> {
            int needed = tokens.isComplete() ? behind.left() : count(behind);
            ids.set(id, needed < ENDLESS);
            farthest[0] = needed < ENDLESS ? Math.max(farthest[0], needed) : farthest[0];
        });
        return new Allowed(ids, farthest[0]);
    }

    private BitSet endable(State at, int tokensLeft) {
        BitSet ids = ends(at);
        tokens.walk(grammar, at, (id, behind) -> ids.set(id, count(behind) < tokensLeft));
        return ids;
    }

    private BitSet ends(State at) {
        BitSet ids = new BitSet();
        if (at.accepting()) {
            endIds.forEach(ids::set);
        }
        return ids;
    }

    synchronized State behind(State at, byte[] written) {
        grammar.startToken();
        State behind = at;
        for (byte value : written) {
            behind = grammar.step(behind, value & 0xFF);
        }
        return behind;
    }

    boolean ends(int token) {
        return endIds.contains(token);
    }

    /** Tokens of the shortest end, each the longest that fits. */
    private int count(State from) {
        List<State> path = new ArrayList<>();
        State at = from;
        Integer known = counts.get(at);
        while (known == null && !at.accepting()) {
            path.add(at);
            State next = at.dead() ? null : tokens.afterLongest(grammar, at);
            if (next == null) {
                known = ENDLESS;
            } else {
                at = next;
                known = counts.get(at);
            }
        }
        int count = known == null ? 0 : known;
        for (int i = path.size() - 1; i >= 0; i--) {
            count = Math.min(ENDLESS, count + 1);
            counts.put(path.get(i), count);
        }
        return count;
    }
}
