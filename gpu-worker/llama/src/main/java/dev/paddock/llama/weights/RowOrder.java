package dev.paddock.llama.weights;

/**
 * The order in which a file holds a tensor's rows. GGUF files interleave the two halves of each query and key head
 * (rows 0, S/2, 1, S/2 + 1, …), where Hugging Face keeps them one after the other.
 *
 * @param headSize rows of a head ({@code S}) whose halves are interleaved, or 0 where rows stand as they are
 */
record RowOrder(int headSize) {
    static final RowOrder AS_STORED = new RowOrder(0);

    boolean asStored() {
        return headSize == 0;
    }

    /** Where the file holds what is row {@code row} in Hugging Face order. */
    long storedRow(long row) {
        if (asStored()) {
            return row;
        }
        long within = row % headSize;
        int half = headSize / 2;
        return row - within + 2 * (within % half) + within / half;
    }

    /** Which row in Hugging Face order the file holds at {@code stored}. */
    long row(long stored) {
        if (asStored()) {
            return stored;
        }
        long within = stored % headSize;
        return stored - within + within / 2 + within % 2 * (headSize / 2);
    }
}
