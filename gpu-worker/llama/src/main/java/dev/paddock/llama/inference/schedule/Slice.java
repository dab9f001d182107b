package dev.paddock.llama.inference.schedule;

/**
 * Tokens of one sequence to be run in a step.
 *
 * @param id the sequence
 * @param first position of the first token, which is the number of tokens in the cache
 * @param count number of tokens, 1 or more
 */
public record Slice(long id, int first, int count) {}
