package dev.paddock.llama.training;

import java.util.Arrays;

/**
 * The keys that attention's blocks of queries look at. Every block but the last has {@link #SIZE} queries.
 *
 * @param length tokens of a row, T
 * @param starts for each block the first key that any of its queries may see, over all rows
 * @param ends for each block the key after the last one
 */
@SuppressWarnings("ArrayRecordComponent")
record QueryBlocks(int length, long[] starts, long[] ends) {
    /** Queries that attention takes at once. */
    static final int SIZE = 128;

    /** Blocks of rows that are one document each. */
    static QueryBlocks full(int length, boolean causal) {
        return of(1, length, new long[length], causal);
    }

    /** @param causal whether a token sees only those before it, or its whole document */
    static QueryBlocks of(PackedBatch batch, boolean causal) {
        return of(batch.rows(), batch.length(), batch.documents(), causal);
    }

    private static QueryBlocks of(int rows, int length, long[] documents, boolean causal) {
        int blocks = (length + SIZE - 1) / SIZE;
        QueryBlocks keys = new QueryBlocks(length, new long[blocks], new long[blocks]);
        Arrays.fill(keys.starts, length);
        for (int row = 0; row < rows; row++) {
            for (int first = 0, end; first < length; first = end) {
                end = end(documents, row * length, first, length);
                keys.include(first, end, causal);
            }
        }
        return keys;
    }

    /** The token after the document's last one. */
    private static int end(long[] documents, int row, int first, int length) {
        int end = first + 1;
        while (end < length && documents[row + end] == documents[row + first]) {
            end++;
        }
        return end;
    }

    /** A document's blocks see its first key, and without the causal mask its last one. */
    private void include(int first, int end, boolean causal) {
        for (int block = first / SIZE; block <= (end - 1) / SIZE; block++) {
            starts[block] = Math.min(starts[block], first);
            ends[block] = Math.max(ends[block], causal ? Math.min(end, (block + 1) * SIZE) : end);
        }
    }

    int count() {
        return starts.length;
    }

    /** Pairs of a query and a key in one block. */
    long pairs(int block) {
        long first = (long) block * SIZE;
        return (Math.min(length, first + SIZE) - first) * (ends[block] - starts[block]);
    }
}
