package dev.paddock.contracts.inference;

/**
 * A part of a message with a label.
 *
 * @param start first character (Unicode code point)
 * @param end behind the last character
 * @param label its type
 * @param score mean probability of its tokens' tags
 */
public record ClassifiedSpan(int start, int end, String label, double score) {}
