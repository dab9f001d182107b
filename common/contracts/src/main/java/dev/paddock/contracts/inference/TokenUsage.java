package dev.paddock.contracts.inference;

import org.jspecify.annotations.Nullable;

/** Tokens read and written, and those guessed ahead; null where none were. */
public record TokenUsage(
        int promptTokens, int completionTokens, @Nullable GuessedTokens guessed) {
    /** One of which nothing was guessed. */
    public TokenUsage(int promptTokens, int completionTokens) {
        this(promptTokens, completionTokens, null);
    }

    public int totalTokens() {
        return promptTokens + completionTokens;
    }
}
