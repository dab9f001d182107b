package dev.paddock.llama.inference;

import dev.paddock.llama.inference.draft.DraftCounts;

/**
 * The end of an answer.
 *
 * @param reason why it ended
 * @param text text that was held back until now; possibly none
 * @param promptTokens tokens of the prompt
 * @param newTokens tokens of the answer, an end token included
 * @param drafts how many tokens were guessed, rightly and wrongly
 */
public record Finished(FinishReason reason, String text, int promptTokens, int newTokens, DraftCounts drafts) {
    /** The end of one of which nothing was guessed. */
    public Finished(FinishReason reason, String text, int promptTokens, int newTokens) {
        this(reason, text, promptTokens, newTokens, DraftCounts.NONE);
    }
}
