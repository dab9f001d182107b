package dev.paddock.llama.training;

/**
 * How large a batch is.
 *
 * @param rows rows, B
 * @param length tokens of a row with its padding, T
 * @param places predictions that count
 * @param keyPairs keys that the queries of a row look at, block by block of queries, summed over the row
 * @param widest most of them in one block of queries
 */
public record BatchShape(int rows, int length, int places, long keyPairs, long widest) {
    /** Predictions whose logits stand at once. */
    static final int LOGIT_ROWS = 256;

    /** Rows that are full, of which every token is predicted. */
    public static BatchShape full(int rows, int length, boolean causal) {
        return of(rows, length, rows * (length - 1), QueryBlocks.full(length, causal));
    }

    static BatchShape of(PackedBatch batch, boolean causal) {
        return of(batch.rows(), batch.length(), batch.places().length, QueryBlocks.of(batch, causal));
    }

    private static BatchShape of(int rows, int length, int places, QueryBlocks blocks) {
        long pairs = 0;
        long widest = 0;
        for (int block = 0; block < blocks.count(); block++) {
            pairs += blocks.pairs(block);
            widest = Math.max(widest, blocks.pairs(block));
        }
        return new BatchShape(rows, length, places, pairs, widest);
    }

    /** Places of the batch, N. */
    public long tokens() {
        return (long) rows * length;
    }

    /** Predictions whose logits stand at once. */
    public int logitRows() {
        return Math.min(LOGIT_ROWS, places);
    }

    /** Times that the output matrix is read for logits. */
    public int logitChunks() {
        return (places + LOGIT_ROWS - 1) / LOGIT_ROWS;
    }

    /** Whether attention's probabilities are kept for the backward pass. */
    public boolean keepsProbabilities() {
        return length <= BatchPass.KEPT_LENGTH;
    }
}
