package dev.paddock.contracts.inference;

import java.util.List;

/** A vector of length 1 for each text, as wide as the model's hidden states. */
@SuppressWarnings("ArrayRecordComponent")
public record EmbeddingResponse(List<float[]> embeddings, TokenUsage usage) {}
