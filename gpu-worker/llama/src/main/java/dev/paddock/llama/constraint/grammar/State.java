package dev.paddock.llama.constraint.grammar;

import java.util.Arrays;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Everything that may still follow what has been read. */
public final class State {
    private static final int UNKNOWN = -1;

    final Set<Stack> ready;
    final @Nullable State[] next = new State[256];
    private final boolean accepting;
    private final int left;
    private int shortestByte = UNKNOWN;

    State(Set<Stack> ready, boolean accepting) {
        this.ready = ready;
        this.accepting = accepting;
        this.left = accepting ? 0 : ready.stream().mapToInt(Stack::left).min().orElse(Term.NEVER);
    }

    /** Lets go of the states behind it, which are found again when they are asked for. */
    void forget() {
        Arrays.fill(next, null);
    }

    /** Whether what has been read is a text of the language. */
    public boolean accepting() {
        return accepting;
    }

    /** Whether nothing can follow. */
    public boolean ended() {
        return ready.isEmpty();
    }

    /** Whether what has been read begins no text of the language. */
    public boolean dead() {
        return ready.isEmpty() && !accepting;
    }

    /** Fewest bytes to a text of the language. */
    public int left() {
        return left;
    }

    /** The lowest byte with which the shortest end begins, or -1 where it is not known yet. */
    int shortestByte() {
        return shortestByte;
    }

    void shortestByte(int value) {
        shortestByte = value;
    }
}
