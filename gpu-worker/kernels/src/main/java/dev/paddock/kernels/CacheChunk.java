package dev.paddock.kernels;

/**
 * Keys and values of neighbouring tokens. They lie in blocks of as many tokens as a vector has lanes, all of a head in one piece:
 * keys {@code [heads, blocks, headSize, lanes]}, values {@code [heads, blocks, lanes, headSize rounded up to two vectors]}.
 */
abstract sealed class CacheChunk permits FloatChunk, BfloatChunk, EightBitChunk {
    /** Tokens of a chunk. */
    static final int TOKENS = 64;
    /** Tokens of a block. */
    static final int BLOCK = Lanes.COUNT;
    /** Blocks of a chunk. */
    static final int BLOCKS = TOKENS / BLOCK;

    private final int heads;
    private final int headSize;

    CacheChunk(int heads, int headSize) {
        this.heads = heads;
        this.headSize = headSize;
    }

    abstract CacheChunk copy();

    /** Writes a token's keys of one head, {@code [headSize]}. */
    abstract void putKeys(int token, int head, float[] row, int at);

    /** Writes a token's values of one head, {@code [headSize]}. */
    abstract void putValues(int token, int head, float[] row, int at);

    abstract void getKeys(int token, int head, float[] row, int at);

    abstract void getValues(int token, int head, float[] row, int at);

    /** One head's keys of a block, {@code [headSize, lanes]}. */
    abstract void keys(int block, int head, CacheTile tile);

    /** One head's values of a block, {@code [lanes, valueSize]}. */
    abstract void values(int block, int head, CacheTile tile);

    /** How many numbers the keys take. */
    final int keyCount() {
        return TiledMatrix.size(TOKENS, heads, headSize);
    }

    /** How many numbers the values take. */
    final int valueCount() {
        return TiledMatrix.size(TOKENS, heads, valueSize());
    }

    /** How many tokens of heads there are. */
    final int scaleCount() {
        return TOKENS * heads;
    }

    final int heads() {
        return heads;
    }

    final int headSize() {
        return headSize;
    }

    final int valueSize() {
        return valueSize(headSize);
    }

    /** Numbers that the values of a head of such a size take, zeros at the end among them: a multiple of two vectors. */
    static int valueSize(int headSize) {
        return Lanes.roundUp(headSize, 2 * BLOCK);
    }

    /** Where a token's first key of one head lies; the next one lies {@link #BLOCK} further. */
    final int key(int token, int head) {
        return keyBlock(token / BLOCK, head) + token % BLOCK;
    }

    /** Where a block's keys of one head begin. */
    final int keyBlock(int block, int head) {
        return (head * BLOCKS + block) * headSize * BLOCK;
    }

    /** Where a token's values of one head begin. */
    final int value(int token, int head) {
        return valueBlock(token / BLOCK, head) + token % BLOCK * valueSize();
    }

    /** Where a block's values of one head begin. */
    final int valueBlock(int block, int head) {
        return (head * BLOCKS + block) * BLOCK * valueSize();
    }

    /** Where what a token has one of for each head lies. */
    final int scale(int token, int head) {
        return head * TOKENS + token;
    }
}
