package dev.paddock.llama.inference.draft;

/**
 * How good the guesses at an answer were.
 *
 * @param accepted guessed tokens that became the answer's
 * @param rejected the others
 */
public record DraftCounts(int accepted, int rejected) {
    /** Nothing was guessed. */
    public static final DraftCounts NONE = new DraftCounts(0, 0);

    /** Together with those of another draft, so many of whose tokens were right. */
    public DraftCounts plus(int guessed, int right) {
        return guessed == 0 ? this : new DraftCounts(accepted + right, rejected + guessed - right);
    }
}
