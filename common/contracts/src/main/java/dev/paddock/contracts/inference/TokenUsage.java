package dev.paddock.contracts.inference;

/** Tokens read and written. */
public record TokenUsage(int promptTokens, int completionTokens) {
    public int totalTokens() {
        return promptTokens + completionTokens;
    }
}
