package dev.paddock.llama.inference.schedule;

/**
 * Tokens of one sequence to be run in a step.
 *
 * @param id the sequence
 * @param first position of the first token, which is the number of tokens in the cache
 * @param count number of tokens, 1 or more
 * @param drafts most tokens that may be guessed to follow and run with them
 */
public record Slice(long id, int first, int count, int drafts) {
    /** One behind which nothing is guessed. */
    public Slice(long id, int first, int count) {
        this(id, first, count, 0);
    }

    /** The place behind its last token. */
    public int end() {
        return first + count;
    }
}
