package dev.paddock.llama.inference.beam;

/**
 * A complete answer.
 *
 * @param score its log-probability divided by the power of its length
 */
public record FoundBeam(Beam beam, double score) {}
