package dev.paddock.kernels;

/** Keys and values in fp32. */
final class FloatChunk extends CacheChunk {
    private final float[] keys;
    private final float[] values;

    FloatChunk(int heads, int headSize) {
        super(heads, headSize);
        keys = new float[keyCount()];
        values = new float[valueCount()];
    }

    private FloatChunk(FloatChunk other) {
        super(other.heads(), other.headSize());
        keys = other.keys.clone();
        values = other.values.clone();
    }

    @Override
    void putKeys(int token, int head, float[] row, int at) {
        int key = key(token, head);
        for (int i = 0; i < headSize(); i++) {
            keys[key + i * BLOCK] = row[at + i];
        }
    }

    @Override
    void putValues(int token, int head, float[] row, int at) {
        System.arraycopy(row, at, values, value(token, head), headSize());
    }

    @Override
    void getKeys(int token, int head, float[] row, int at) {
        int key = key(token, head);
        for (int i = 0; i < headSize(); i++) {
            row[at + i] = keys[key + i * BLOCK];
        }
    }

    @Override
    void getValues(int token, int head, float[] row, int at) {
        System.arraycopy(values, value(token, head), row, at, headSize());
    }

    @Override
    CacheChunk copy() {
        return new FloatChunk(this);
    }

    @Override
    void keys(int block, int head, CacheTile tile) {
        tile.lies(keys, keyBlock(block, head));
    }

    @Override
    void values(int block, int head, CacheTile tile) {
        tile.lies(values, valueBlock(block, head));
    }
}
