package dev.paddock.llama.constraint.grammar;

import org.jspecify.annotations.Nullable;

/** What is still to be read: a part at a position, then what lies below. Compared by identity; {@link Stacks} makes each once. */
final class Stack {
    private final Term term;
    private final int position;
    private final @Nullable Stack below;
    private final int left;

    Stack(Term term, int position, @Nullable Stack below) {
        this.term = term;
        this.position = position;
        this.below = below;
        this.left = Term.sum(term.left(position), below == null ? 0 : below.left);
    }

    Term term() {
        return term;
    }

    int position() {
        return position;
    }

    @Nullable Stack below() {
        return below;
    }

    /** Fewest bytes to the end of everything. */
    int left() {
        return left;
    }
}
