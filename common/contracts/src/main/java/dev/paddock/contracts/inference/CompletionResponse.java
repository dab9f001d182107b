package dev.paddock.contracts.inference;

import java.util.List;

/** The completions of every prompt in order, n for each. */
public record CompletionResponse(List<Completion> completions, TokenUsage usage) {}
