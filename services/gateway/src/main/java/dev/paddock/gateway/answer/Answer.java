package dev.paddock.gateway.answer;

import dev.paddock.contracts.inference.TokenUsage;
import java.util.List;

/** A whole answer; where the input was withheld nothing was read by the model and usage is zero. */
public record Answer(AnswerHead head, List<AnswerChoice> choices, TokenUsage usage) {}
