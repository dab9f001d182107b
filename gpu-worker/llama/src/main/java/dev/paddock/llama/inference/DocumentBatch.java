package dev.paddock.llama.inference;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Texts that are read whole, without a cache.
 *
 * @param documents tokens of each text, one or more each; no token sees those of another document
 * @param causal whether a token sees only those before it, or its whole document
 * @param adapter an adapter loaded, or null for the bare model
 * @param rows tokens whose logits are wanted, counted from 0 through the tokens of all documents
 */
@SuppressWarnings("ArrayRecordComponent")
public record DocumentBatch(
        List<int[]> documents, boolean causal, @Nullable String adapter, long[] rows) {
    public DocumentBatch {
        documents = List.copyOf(documents);
    }

    /** Tokens of all documents. */
    public int tokens() {
        return documents.stream().mapToInt(document -> document.length).sum();
    }
}
