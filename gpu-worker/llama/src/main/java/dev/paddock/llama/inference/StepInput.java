package dev.paddock.llama.inference;

import org.jspecify.annotations.Nullable;

/**
 * Tokens to be appended to a sequence.
 *
 * @param sequence id from {@link Executor#open}
 * @param tokens one or more ids
 * @param logits whether the last position's logits are wanted
 * @param scoring which positions' next tokens are to be scored; null for none
 */
@SuppressWarnings("ArrayRecordComponent")
public record StepInput(
        long sequence,
        int[] tokens,
        boolean logits,
        @Nullable Scoring scoring) {
    /**
     * Positions whose next token is known.
     *
     * @param firstRow first position, counted from this input's first token
     * @param targets the token that follows each position from there on
     * @param alternatives number of likeliest tokens to give beside each target, 0 or more
     */
    public record Scoring(int firstRow, int[] targets, int alternatives) {}
}
