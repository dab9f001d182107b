package dev.paddock.llama.training.objective;

/** Derivatives of a loss by the summed log-probability of each answer of a comparison. */
public record Slope(double first, double second) {}
