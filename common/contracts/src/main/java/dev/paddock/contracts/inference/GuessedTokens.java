package dev.paddock.contracts.inference;

/**
 * Tokens guessed ahead in speculative decoding.
 *
 * @param accepted those that became the answer's, which counts them already
 * @param rejected the others, which are in no other count
 */
public record GuessedTokens(int accepted, int rejected) {}
