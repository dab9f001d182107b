package dev.paddock.llama.constraint;

import dev.paddock.llama.constraint.grammar.State;
import java.util.BitSet;

/** One answer's way through its language. For use by one thread at a time. */
public final class ConstraintCursor {
    private final TokenConstraint constraint;
    private State at;

    ConstraintCursor(TokenConstraint constraint, State at) {
        this.constraint = constraint;
        this.at = at;
    }

    /**
     * Ids that may come next, the ids that end an answer among them where it is a text of the language; not to be changed.
     *
     * @param tokensLeft tokens that the answer may still have, 1 or more
     * @throws ConstraintException where the text can be read in too many ways
     */
    public BitSet allowed(int tokensLeft) {
        return constraint.allowed(at, tokensLeft);
    }

    /** Goes on behind an allowed token. */
    public void accept(int token, byte[] bytes) {
        if (!constraint.ends(token)) {
            at = constraint.behind(at, bytes);
        }
    }

    /** Whether the answer is a text of the language to which nothing can be added. */
    public boolean ended() {
        return at.accepting() && at.ended();
    }
}
