package dev.paddock.llama.inference;

/** A prompt leaves no room in the model's context. */
public final class PromptTooLongException extends RuntimeException {
    private final int promptTokens;
    private final int contextLength;

    public PromptTooLongException(int promptTokens, int contextLength) {
        super(
                "The prompt has %d tokens and the context served %d, of which an answer needs at least one; shorten the prompt"
                        .formatted(promptTokens, contextLength));
        this.promptTokens = promptTokens;
        this.contextLength = contextLength;
    }

    public int promptTokens() {
        return promptTokens;
    }

    public int contextLength() {
        return contextLength;
    }
}
