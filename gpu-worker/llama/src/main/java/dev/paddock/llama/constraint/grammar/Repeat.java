package dev.paddock.llama.constraint.grammar;

import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The same again; the position counts what has come, up to the least number where there is no most. */
final class Repeat extends Term {
    private final Term item;
    private final int least;
    private final int most;

    Repeat(Term item, int least, int most) {
        this.item = item;
        this.least = least;
        this.most = most;
    }

    @Override
    int left(int position) {
        if (least > most) {
            return NEVER;
        }
        return (int) Math.min(NEVER, (long) Math.max(0, least - position) * item.shortest());
    }

    @Override
    List<Term> parts() {
        return List.of(item);
    }

    @Override
    void open(int position, @Nullable Stack below, Stacks stacks, Consumer<@Nullable Stack> found) {
        if (position >= least) {
            found.accept(below);
        }
        if (position < most) {
            int count = most == Integer.MAX_VALUE ? Math.min(least, position + 1) : position + 1;
            found.accept(stacks.push(item, 0, stacks.push(this, count, below)));
        }
    }
}
