package dev.paddock.contracts.inference;

import java.util.List;

/**
 * Texts that are to become vectors.
 *
 * @param inputs 1 to 1,024 texts; control tokens in them are ordinary text
 * @param pooling {@code mean} of the tokens' last hidden states, or the {@code last} token's
 */
public record EmbeddingRequest(ModelReference model, List<String> inputs, String pooling) {}
