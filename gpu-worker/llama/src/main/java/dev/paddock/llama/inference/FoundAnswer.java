package dev.paddock.llama.inference;

import java.util.List;

/**
 * An answer that a search found.
 *
 * @param tokens its tokens, an end token included
 * @param finished why it ended, and the text behind that of its tokens
 * @param score its log-probability divided by the power of its length
 */
public record FoundAnswer(List<GeneratedToken> tokens, Finished finished, double score) {
    public FoundAnswer {
        tokens = List.copyOf(tokens);
    }
}
