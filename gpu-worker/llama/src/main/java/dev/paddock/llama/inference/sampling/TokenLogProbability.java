package dev.paddock.llama.inference.sampling;

/**
 * A token and its natural logarithm of probability under the model's own distribution (temperature 1, no penalties).
 */
public record TokenLogProbability(int token, double logProbability) {}
