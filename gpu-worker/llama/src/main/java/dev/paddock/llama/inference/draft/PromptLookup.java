package dev.paddock.llama.inference.draft;

import java.util.Arrays;
import java.util.List;

/**
 * Looks a sequence's last tokens up in what came before them, and guesses that they go on as they did there (prompt lookup
 * decoding, Saxena 2023). The longest match counts, and of several the first one, which has most behind it.
 */
public final class PromptLookup implements Drafter {
    private final int longest;
    private final int shortest;

    /**
     * @param longest most tokens that are looked up together
     * @param shortest fewest, 1 or more
     */
    public PromptLookup(int longest, int shortest) {
        if (shortest < 1 || longest < shortest) {
            throw new IllegalArgumentException(
                    "matches of %d to %d tokens; the shortest must be 1 or more and not above the longest"
                            .formatted(shortest, longest));
        }
        this.longest = longest;
        this.shortest = shortest;
    }

    @Override
    public List<Draft> draft(List<DraftTask> tasks) {
        return tasks.stream().map(this::draft).toList();
    }

    private Draft draft(DraftTask task) {
        for (int size = Math.min(longest, task.length() - 1); size >= shortest; size--) {
            int behind = behindMatch(task, size);
            if (behind > 0) {
                int end = Math.min(behind + task.most(), task.length());
                return Draft.picked(Arrays.copyOfRange(task.tokens(), behind, end));
            }
        }
        return Draft.NONE;
    }

    /** The place behind the first occurrence of the last {@code size} tokens; 0 where they have not come before. */
    private static int behindMatch(DraftTask task, int size) {
        int[] tokens = task.tokens();
        int last = task.length() - size;
        for (int at = 0; at < last; at++) {
            boolean endsAlike = tokens[at + size - 1] == tokens[task.length() - 1];
            if (endsAlike && Arrays.equals(tokens, at, at + size, tokens, last, task.length())) {
                return at + size;
            }
        }
        return 0;
    }
}
