package dev.paddock.dataset.row;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;

/**
 * A part of a message that has a label.
 *
 * @param start its first character, counted in Unicode code points from 0
 * @param end behind its last character
 * @param label its type
 */
@JsonPropertyOrder({"start", "end", "label"})
public record Span(int start, int end, String label) {}
