package dev.paddock.contracts.inference;

import java.util.List;

/**
 * One classification for each input, in their order; usage counts the tokens read.
 *
 * @param kind {@code sequence} or {@code token}
 * @param labels what the classifier may say: labels of texts, or types of spans
 */
public record ClassificationResponse(
        String kind, List<String> labels, List<Classification> classifications, TokenUsage usage) {}
