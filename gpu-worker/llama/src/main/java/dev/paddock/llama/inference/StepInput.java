package dev.paddock.llama.inference;

import org.jspecify.annotations.Nullable;

/**
 * Tokens to be appended to a sequence.
 *
 * @param sequence id from {@link Executor#open}
 * @param tokens one or more ids
 * @param answers of how many of the last positions the logits are wanted: 0 to as many as there are tokens
 * @param scoring which positions' next tokens are to be scored; null for none
 */
@SuppressWarnings("ArrayRecordComponent")
public record StepInput(
        long sequence, int[] tokens, int answers, @Nullable Scoring scoring) {
    /**
     * Positions whose next token is known.
     *
     * @param firstRow first position, counted from this input's first token
     * @param targets the token that follows each position from there on
     * @param alternatives number of likeliest tokens to give beside each target, 0 or more
     */
    public record Scoring(int firstRow, int[] targets, int alternatives) {}

    public StepInput {
        if (answers < 0 || answers > tokens.length) {
            throw new IllegalArgumentException(
                    "%d answers of %d tokens; there is one a token at most".formatted(answers, tokens.length));
        }
    }

    /** @param logits whether the last position's logits are wanted */
    public StepInput(long sequence, int[] tokens, boolean logits, @Nullable Scoring scoring) {
        this(sequence, tokens, logits ? 1 : 0, scoring);
    }

    /** The first position whose logits are wanted, counted from this input's first token. */
    public int firstAnswer() {
        return tokens.length - answers;
    }
}
