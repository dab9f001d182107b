package dev.paddock.llama.constraint.grammar;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes stacks, equal ones once. */
final class Stacks {
    private final Map<Top, Stack> known = new HashMap<>();

    /** Terms and stacks are compared by identity. */
    private record Top(Term term, int position, @Nullable Stack below) {}

    Stack push(Term term, int position, @Nullable Stack below) {
        return known.computeIfAbsent(
                new Top(term, position, below), top -> new Stack(top.term(), top.position(), top.below()));
    }

    void forget() {
        known.clear();
    }
}
