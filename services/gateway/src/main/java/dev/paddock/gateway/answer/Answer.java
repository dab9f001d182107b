package dev.paddock.gateway.answer;

import dev.paddock.contracts.inference.TokenUsage;
import java.util.List;

/** A whole answer; where the input was withheld its usage counts the prompt, which the worker read but no model answered. */
public record Answer(AnswerHead head, List<AnswerChoice> choices, TokenUsage usage) {}
