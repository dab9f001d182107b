package dev.paddock.llama.inference;

/**
 * The end of an answer.
 *
 * @param reason why it ended
 * @param text text that was held back until now; possibly none
 * @param promptTokens tokens of the prompt
 * @param newTokens tokens of the answer, an end token included
 */
public record Finished(FinishReason reason, String text, int promptTokens, int newTokens) {}
