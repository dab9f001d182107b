package dev.paddock.kernels;

import java.util.Arrays;

/**
 * One layer's keys and values of one sequence, in chunks that are taken as tokens come. Sequences that begin alike share the chunks
 * of their beginning until one of them writes there, as blocks are shared in PagedAttention (Kwon et al. 2023, arXiv:2309.06180).
 */
public final class KeyValueCache {
    private final CacheType type;
    private final int heads;
    private final int headSize;
    private final int capacity;
    private CacheChunk[] chunks = new CacheChunk[0];
    /** Whether another sequence may read the chunk, too. */
    private boolean[] shared = new boolean[0];

    /** @param capacity most tokens it will hold; no room is taken for them yet */
    public KeyValueCache(CacheType type, int heads, int headSize, int capacity) {
        this.type = type;
        this.heads = heads;
        this.headSize = headSize;
        this.capacity = capacity;
    }

    /** Bytes that a token takes. */
    public static long bytesPerToken(CacheType type, int heads, int headSize) {
        return type.bytes(heads, headSize + CacheChunk.valueSize(headSize));
    }

    /** Makes room for tokens, the present ones among them. */
    public void reserve(int tokens) {
        int present = chunks.length;
        int wanted = chunks(tokens);
        if (wanted > present) {
            chunks = Arrays.copyOf(chunks, wanted);
            shared = Arrays.copyOf(shared, wanted);
            for (int i = present; i < wanted; i++) {
                chunks[i] = type.chunk(heads, headSize);
            }
        }
    }

    /** Chunks that tokens take. */
    private int chunks(int tokens) {
        if (tokens > capacity) {
            throw new IllegalArgumentException("%d tokens in a cache for %d".formatted(tokens, capacity));
        }
        return (tokens + CacheChunk.TOKENS - 1) / CacheChunk.TOKENS;
    }

    /**
     * Writes one token.
     *
     * @param token its place, within the room
     * @param keyRow holds its keys, {@code [heads, headSize]} from {@code keysAt} on, turned already
     * @param valueRow holds its values, {@code [heads, headSize]} from {@code valuesAt} on
     */
    public void put(int token, float[] keyRow, int keysAt, float[] valueRow, int valuesAt) {
        CacheChunk chunk = own(token / CacheChunk.TOKENS);
        int place = token % CacheChunk.TOKENS;
        for (int head = 0; head < heads; head++) {
            chunk.putKeys(place, head, keyRow, keysAt + head * headSize);
            chunk.putValues(place, head, valueRow, valuesAt + head * headSize);
        }
    }

    private CacheChunk own(int index) {
        if (shared[index]) {
            chunks[index] = chunks[index].copy();
            shared[index] = false;
        }
        return chunks[index];
    }

    /** Reads one token's keys and values, {@code [heads, headSize]} each. */
    public void get(int token, float[] intoKeys, int keysAt, float[] intoValues, int valuesAt) {
        CacheChunk chunk = chunks[token / CacheChunk.TOKENS];
        int place = token % CacheChunk.TOKENS;
        for (int head = 0; head < heads; head++) {
            chunk.getKeys(place, head, intoKeys, keysAt + head * headSize);
            chunk.getValues(place, head, intoValues, valuesAt + head * headSize);
        }
    }

    /**
     * Begins as another sequence does; this one has no tokens yet.
     *
     * @param from a cache of the same type and shape
     * @param tokens how many of its first tokens
     */
    public void begin(KeyValueCache from, int tokens) {
        int count = chunks(tokens);
        chunks = Arrays.copyOf(from.chunks, count);
        shared = new boolean[count];
        Arrays.fill(shared, true);
        Arrays.fill(from.shared, 0, count, true);
    }

    /** One head's keys of a block of tokens. */
    void keys(int block, int head, CacheTile tile) {
        chunks[block / CacheChunk.BLOCKS].keys(block % CacheChunk.BLOCKS, head, tile);
    }

    /** One head's values of a block of tokens; those of tokens not written yet may be anything. */
    void values(int block, int head, CacheTile tile) {
        chunks[block / CacheChunk.BLOCKS].values(block % CacheChunk.BLOCKS, head, tile);
    }
}
