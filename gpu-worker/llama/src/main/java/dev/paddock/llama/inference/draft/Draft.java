package dev.paddock.llama.inference.draft;

import dev.paddock.llama.inference.sampling.Distribution;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tokens that are likely to come next.
 *
 * @param tokens possibly none
 * @param chances what each token was drawn from; empty where they were not drawn but picked
 */
@SuppressWarnings("ArrayRecordComponent")
public record Draft(int[] tokens, List<Distribution> chances) {
    public static final Draft NONE = new Draft(new int[0], List.of());

    public Draft {
        chances = List.copyOf(chances);
        if (!chances.isEmpty() && chances.size() != tokens.length) {
            throw new IllegalArgumentException(
                    "%d distributions of %d tokens".formatted(chances.size(), tokens.length));
        }
    }

    /** Tokens that were picked. */
    public static Draft picked(int... tokens) {
        return tokens.length == 0 ? NONE : new Draft(tokens, List.of());
    }

    public int size() {
        return tokens.length;
    }

    /** What a token was drawn from; null where it was picked. */
    public @Nullable Distribution chance(int token) {
        return chances.isEmpty() ? null : chances.get(token);
    }

    /** Its beginning: not more tokens than these, and none behind one that ends an answer. */
    public Draft cut(int most, Set<Integer> endIds) {
        int size = 0;
        while (size < Math.min(most, tokens.length) && (size == 0 || !endIds.contains(tokens[size - 1]))) {
            size++;
        }
        return size == tokens.length
                ? this
                : new Draft(Arrays.copyOf(tokens, size), chances.isEmpty() ? chances : chances.subList(0, size));
    }
}
