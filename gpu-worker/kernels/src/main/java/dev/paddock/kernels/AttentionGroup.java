package dev.paddock.kernels;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;

/** The query heads that share a head's cached keys and values, which are unpacked once for all of them. */
final class AttentionGroup {
    private static final int L = Lanes.COUNT;
    private static final float UNSEEN = -1e30f;

    private final int headSize;
    private final float scale;
    private final float[][] queries;
    private final float[][] scores;
    private final float[][] results;
    private final float[] factors;
    private final CacheTile tile;

    AttentionGroup(int size, int headSize) {
        this.headSize = headSize;
        int valueSize = Lanes.roundUp(headSize, L);
        scale = (float) (1 / Math.sqrt(headSize));
        queries = new float[size][headSize];
        scores = new float[size][0];
        results = new float[size][valueSize];
        factors = new float[size];
        tile = new CacheTile(L * valueSize);
    }

    /**
     * Attends with neighbouring heads of a row.
     *
     * @param first the first one's place in the row
     * @param head whose keys and values they share
     * @param tokens how many of the cache's first tokens they see
     */
    void attend(Rows from, Rows to, int row, int first, KeyValueCache cache, int head, int tokens) {
        for (int member = 0; member < queries.length; member++) {
            int at = from.at(row) + first + member * headSize;
            for (int i = 0; i < headSize; i++) {
                queries[member][i] = from.values()[at + i] * scale;
            }
        }
        score(cache, head, tokens);
        average(cache, head, tokens);
        for (int member = 0; member < queries.length; member++) {
            int at = to.at(row) + first + member * headSize;
            for (int i = 0; i < headSize; i++) {
                to.values()[at + i] = results[member][i] * factors[member];
            }
        }
    }

    private void score(KeyValueCache cache, int head, int tokens) {
        int padded = Lanes.roundUp(tokens, L);
        for (int member = 0; member < queries.length; member++) {
            if (scores[member].length < padded) {
                scores[member] = new float[padded + padded / 2];
            }
        }
        for (int block = 0; block < padded / L; block++) {
            cache.keys(block, head, tile);
            for (int member = 0; member < queries.length; member++) {
                score(tile.numbers(), tile.first(), queries[member], scores[member], block * L);
            }
        }
        for (float[] ofMember : scores) {
            Arrays.fill(ofMember, tokens, padded, UNSEEN);
        }
    }

    /** Scores of a block's tokens; the size of a head is even. */
    private static void score(float[] keys, int from, float[] query, float[] into, int to) {
        FloatVector a = FloatVector.zero(Lanes.FLOATS);
        FloatVector b = a;
        int key = from;
        for (int i = 0; i < query.length; i += 2, key += 2 * L) {
            a = FloatVector.fromArray(Lanes.FLOATS, keys, key).fma(FloatVector.broadcast(Lanes.FLOATS, query[i]), a);
            b = FloatVector.fromArray(Lanes.FLOATS, keys, key + L)
                    .fma(FloatVector.broadcast(Lanes.FLOATS, query[i + 1]), b);
        }
        a.add(b).intoArray(into, to);
    }

    private void average(KeyValueCache cache, int head, int tokens) {
        for (int member = 0; member < queries.length; member++) {
            factors[member] = 1 / Exponentials.softmax(scores[member], Lanes.roundUp(tokens, L));
            Arrays.fill(results[member], 0);
        }
        for (int block = 0; block * L < tokens; block++) {
            cache.values(block, head, tile);
            int count = Math.min(L, tokens - block * L);
            for (int member = 0; member < queries.length; member++) {
                add(tile.numbers(), tile.first(), scores[member], block * L, count, results[member]);
            }
        }
    }

    /** Adds a block's weighted values. */
    private static void add(float[] values, int from, float[] weights, int first, int count, float[] into) {
        int i = 0;
        for (; i + 4 * L <= into.length; i += 4 * L) {
            four(values, from + i, weights, first, count, into, i);
        }
        for (; i < into.length; i += L) {
            one(values, from + i, weights, first, count, into, i);
        }
    }

    private static void four(float[] values, int from, float[] weights, int first, int count, float[] into, int to) {
        FloatVector a = FloatVector.fromArray(Lanes.FLOATS, into, to);
        FloatVector b = FloatVector.fromArray(Lanes.FLOATS, into, to + L);
        FloatVector c = FloatVector.fromArray(Lanes.FLOATS, into, to + 2 * L);
        FloatVector d = FloatVector.fromArray(Lanes.FLOATS, into, to + 3 * L);
        int value = from;
        for (int token = first; token < first + count; token++, value += into.length) {
            FloatVector weight = FloatVector.broadcast(Lanes.FLOATS, weights[token]);
            a = FloatVector.fromArray(Lanes.FLOATS, values, value).fma(weight, a);
            b = FloatVector.fromArray(Lanes.FLOATS, values, value + L).fma(weight, b);
            c = FloatVector.fromArray(Lanes.FLOATS, values, value + 2 * L).fma(weight, c);
            d = FloatVector.fromArray(Lanes.FLOATS, values, value + 3 * L).fma(weight, d);
        }
        a.intoArray(into, to);
        b.intoArray(into, to + L);
        c.intoArray(into, to + 2 * L);
        d.intoArray(into, to + 3 * L);
    }

    private static void one(float[] values, int from, float[] weights, int first, int count, float[] into, int to) {
        FloatVector a = FloatVector.fromArray(Lanes.FLOATS, into, to);
        int value = from;
        for (int token = first; token < first + count; token++, value += into.length) {
            a = FloatVector.fromArray(Lanes.FLOATS, values, value)
                    .fma(FloatVector.broadcast(Lanes.FLOATS, weights[token]), a);
        }
        a.intoArray(into, to);
    }
}
