package dev.paddock.llama.inference;

import dev.paddock.llama.inference.draft.DraftCounts;
import java.util.List;

/**
 * The end of an answer.
 *
 * @param reason why it ended
 * @param text text that was held back until now; possibly none
 * @param promptTokens tokens of the prompt
 * @param newTokens tokens of the answer, an end token included
 * @param shares where adapters are under gates, each one's share in the answer's tokens, 0 to 1; empty elsewhere
 * @param drafts how many tokens were guessed, rightly and wrongly
 */
public record Finished(
        FinishReason reason, String text, int promptTokens, int newTokens, List<Double> shares, DraftCounts drafts) {
    public Finished {
        shares = List.copyOf(shares);
    }

    /** Without adapters under gates, and of which nothing was guessed. */
    public Finished(FinishReason reason, String text, int promptTokens, int newTokens) {
        this(reason, text, promptTokens, newTokens, List.of(), DraftCounts.NONE);
    }
}
