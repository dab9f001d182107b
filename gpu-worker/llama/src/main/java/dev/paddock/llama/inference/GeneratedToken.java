package dev.paddock.llama.inference;

import org.jspecify.annotations.Nullable;

/**
 * A token of an answer.
 *
 * @param token its id
 * @param text text that may leave with it: possibly none, possibly some held back before
 * @param score its probability, where asked for
 */
public record GeneratedToken(
        int token, String text, @Nullable TokenScore score) {}
