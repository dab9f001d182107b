package dev.paddock.kernels;

/** Keys and values in bfloat16. */
final class BfloatChunk extends CacheChunk {
    private final short[] keys;
    private final short[] values;

    BfloatChunk(int heads, int headSize) {
        super(heads, headSize);
        keys = new short[keyCount()];
        values = new short[valueCount()];
    }

    private BfloatChunk(BfloatChunk other) {
        super(other.heads(), other.headSize());
        keys = other.keys.clone();
        values = other.values.clone();
    }

    @Override
    void putKeys(int token, int head, float[] row, int at) {
        int key = key(token, head);
        for (int i = 0; i < headSize(); i++) {
            keys[key + i * BLOCK] = (short) Bfloats.round(row[at + i]);
        }
    }

    @Override
    void putValues(int token, int head, float[] row, int at) {
        int value = value(token, head);
        for (int i = 0; i < headSize(); i++) {
            values[value + i] = (short) Bfloats.round(row[at + i]);
        }
    }

    @Override
    void getKeys(int token, int head, float[] row, int at) {
        int key = key(token, head);
        for (int i = 0; i < headSize(); i++) {
            row[at + i] = Bfloats.load(keys[key + i * BLOCK]);
        }
    }

    @Override
    void getValues(int token, int head, float[] row, int at) {
        int value = value(token, head);
        for (int i = 0; i < headSize(); i++) {
            row[at + i] = Bfloats.load(values[value + i]);
        }
    }

    @Override
    CacheChunk copy() {
        return new BfloatChunk(this);
    }

    @Override
    void keys(int block, int head, CacheTile tile) {
        unpack(keys, keyBlock(block, head), headSize() * BLOCK, tile.unpacked());
    }

    @Override
    void values(int block, int head, CacheTile tile) {
        unpack(values, valueBlock(block, head), BLOCK * valueSize(), tile.unpacked());
    }

    private static void unpack(short[] from, int at, int count, float[] into) {
        for (int i = 0; i < count; i += Lanes.COUNT) {
            Bfloats.load(from, at + i).intoArray(into, i);
        }
    }
}
