package dev.paddock.kernels;

import java.util.Arrays;

/**
 * One layer's keys and values of one sequence, which grows as tokens come. Keys lie {@code [blocks, heads, headSize, lanes]}, as
 * many tokens to a block as a vector has lanes; values {@code [tokens, heads, headSize rounded up to lanes]}.
 */
public final class KeyValueCache {
    private static final int L = Lanes.COUNT;
    /** Tokens by which room grows at least. */
    private static final int STEP = 64;

    private final int heads;
    private final int headSize;
    private final int capacity;
    private int room;
    private float[] keys = new float[0];
    private float[] values = new float[0];

    /** @param capacity most tokens it will hold; no room is taken for them yet */
    public KeyValueCache(int heads, int headSize, int capacity) {
        this.heads = heads;
        this.headSize = headSize;
        this.capacity = capacity;
    }

    /** Makes room for tokens, the present ones among them. */
    public void reserve(int tokens) {
        if (tokens > capacity) {
            throw new IllegalArgumentException("%d tokens in a cache for %d".formatted(tokens, capacity));
        }
        if (tokens > room) {
            int wanted = Math.max(Lanes.roundUp(tokens, STEP), room + room / 2);
            resize(Lanes.roundUp(Math.min(wanted, capacity), L));
        }
    }

    private void resize(int tokens) {
        keys = Arrays.copyOf(keys, TiledMatrix.size(tokens, heads, headSize));
        values = Arrays.copyOf(values, TiledMatrix.size(tokens, heads, valueSize()));
        room = tokens;
    }

    /**
     * Writes one token.
     *
     * @param token its place, within the room
     * @param keyRow holds its keys, {@code [heads, headSize]} from {@code keysAt} on, turned already
     * @param valueRow holds its values, {@code [heads, headSize]} from {@code valuesAt} on
     */
    public void put(int token, float[] keyRow, int keysAt, float[] valueRow, int valuesAt) {
        for (int head = 0; head < heads; head++) {
            int key = keyBlock(token / L, head) + token % L;
            int from = keysAt + head * headSize;
            for (int i = 0; i < headSize; i++) {
                keys[key + i * L] = keyRow[from + i];
            }
            System.arraycopy(valueRow, valuesAt + head * headSize, values, value(token, head), headSize);
        }
    }

    /** Reads one token's keys and values, {@code [heads, headSize]} each. */
    public void get(int token, float[] intoKeys, int keysAt, float[] intoValues, int valuesAt) {
        for (int head = 0; head < heads; head++) {
            int key = keyBlock(token / L, head) + token % L;
            for (int i = 0; i < headSize; i++) {
                intoKeys[keysAt + head * headSize + i] = keys[key + i * L];
            }
            System.arraycopy(values, value(token, head), intoValues, valuesAt + head * headSize, headSize);
        }
    }

    /** Takes over another sequence's first tokens. */
    public void copy(KeyValueCache from, int tokens) {
        reserve(tokens);
        System.arraycopy(from.keys, 0, keys, 0, Lanes.roundUp(tokens, L) * heads * headSize);
        System.arraycopy(from.values, 0, values, 0, tokens * heads * valueSize());
    }

    /** Bytes that a token takes. */
    public static long bytesPerToken(int heads, int headSize) {
        return (long) Float.BYTES * heads * (headSize + Lanes.roundUp(headSize, L));
    }

    int headSize() {
        return headSize;
    }

    float[] keys() {
        return keys;
    }

    /** Where a block's keys of one head begin. */
    int keyBlock(int block, int head) {
        return (block * heads + head) * headSize * L;
    }

    float[] values() {
        return values;
    }

    /** Where a token's values of one head begin. */
    int value(int token, int head) {
        return (token * heads + head) * valueSize();
    }

    /** From one token's values to the next one's. */
    int valueStride() {
        return heads * valueSize();
    }

    /** Numbers that a head's values take, zeros at the end among them. */
    int valueSize() {
        return Lanes.roundUp(headSize, L);
    }
}
