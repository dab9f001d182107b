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
    /** Rows that are full, of which every token is predicted. */
    public static BatchShape full(int rows, int length, boolean causal) {
        int block = block(length, causal);
        return of(rows, length, rows * (length - 1), block, new long[(length + block - 1) / block]);
    }

    static BatchShape of(PackedBatch batch, boolean causal) {
        int block = block(batch.length(), causal);
        long[] starts = causal ? batch.blockStarts() : new long[1];
        return of(batch.rows(), batch.length(), batch.places().length, block, starts);
    }

    /** Queries that attention takes at once; without the causal mask a whole row. */
    private static int block(int length, boolean causal) {
        return causal ? PackedBatch.QUERY_BLOCK : length;
    }

    private static BatchShape of(int rows, int length, int places, int queries, long[] starts) {
        long pairs = 0;
        long widest = 0;
        for (int block = 0; block < starts.length; block++) {
            long first = (long) block * queries;
            long end = Math.min(length, first + queries);
            long size = (end - first) * (end - starts[block]);
            pairs += size;
            widest = Math.max(widest, size);
        }
        return new BatchShape(rows, length, places, pairs, widest);
    }

    /** Places of the batch, N. */
    public long tokens() {
        return (long) rows * length;
    }

    /** Whether attention's probabilities are kept for the backward pass. */
    public boolean keepsProbabilities() {
        return length <= BatchPass.KEPT_LENGTH;
    }
}
