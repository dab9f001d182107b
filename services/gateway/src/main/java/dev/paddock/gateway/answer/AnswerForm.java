package dev.paddock.gateway.answer;

import dev.paddock.contracts.inference.TextConstraint;

/**
 * What every answer must be.
 *
 * @param parameter what the caller wrote it in, such as {@code response_format}
 */
public record AnswerForm(TextConstraint constraint, String parameter) {}
