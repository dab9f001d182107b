package dev.paddock.kernels;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;

/** One query head against one head's cached keys and values. */
final class AttentionHead {
    private static final int L = Lanes.COUNT;
    private static final float UNSEEN = -1e30f;

    private final int headSize;
    private final float scale;
    private final float[] query;
    private final float[] result;
    private float[] scores = new float[0];

    AttentionHead(int headSize) {
        this.headSize = headSize;
        scale = (float) (1 / Math.sqrt(headSize));
        query = new float[headSize];
        result = new float[Lanes.roundUp(headSize, L)];
    }

    void attend(Rows queries, Rows out, int row, int head, KeyValueCache cache, int shared, int tokens) {
        int padded = Lanes.roundUp(tokens, L);
        if (scores.length < padded) {
            scores = new float[padded + padded / 2];
        }
        int at = head * headSize;
        for (int i = 0; i < headSize; i++) {
            query[i] = queries.values()[queries.at(row) + at + i] * scale;
        }
        for (int block = 0; block < padded / L; block++) {
            score(cache.keys(), cache.keyBlock(block, shared), block * L);
        }
        Arrays.fill(scores, tokens, padded, UNSEEN);
        float sum = Exponentials.softmax(scores, padded);
        average(cache, shared, tokens, 1 / sum);
        System.arraycopy(result, 0, out.values(), out.at(row) + at, headSize);
    }

    /** Scores of a block's tokens; the size of a head is even. */
    private void score(float[] keys, int from, int to) {
        FloatVector a = FloatVector.zero(Lanes.FLOATS);
        FloatVector b = a;
        int key = from;
        for (int i = 0; i < headSize; i += 2, key += 2 * L) {
            a = FloatVector.fromArray(Lanes.FLOATS, keys, key).fma(FloatVector.broadcast(Lanes.FLOATS, query[i]), a);
            b = FloatVector.fromArray(Lanes.FLOATS, keys, key + L)
                    .fma(FloatVector.broadcast(Lanes.FLOATS, query[i + 1]), b);
        }
        a.add(b).intoArray(scores, to);
    }

    private void average(KeyValueCache cache, int shared, int tokens, float factor) {
        int i = 0;
        for (; i + 4 * L <= result.length; i += 4 * L) {
            four(cache.values(), cache.value(0, shared) + i, cache.valueStride(), tokens, factor, i);
        }
        for (; i < result.length; i += L) {
            one(cache.values(), cache.value(0, shared) + i, cache.valueStride(), tokens, factor, i);
        }
    }

    private void four(float[] values, int from, int stride, int tokens, float factor, int to) {
        FloatVector a = FloatVector.zero(Lanes.FLOATS);
        FloatVector b = a;
        FloatVector c = a;
        FloatVector d = a;
        int value = from;
        for (int token = 0; token < tokens; token++, value += stride) {
            FloatVector weight = FloatVector.broadcast(Lanes.FLOATS, scores[token]);
            a = FloatVector.fromArray(Lanes.FLOATS, values, value).fma(weight, a);
            b = FloatVector.fromArray(Lanes.FLOATS, values, value + L).fma(weight, b);
            c = FloatVector.fromArray(Lanes.FLOATS, values, value + 2 * L).fma(weight, c);
            d = FloatVector.fromArray(Lanes.FLOATS, values, value + 3 * L).fma(weight, d);
        }
        a.mul(factor).intoArray(result, to);
        b.mul(factor).intoArray(result, to + L);
        c.mul(factor).intoArray(result, to + 2 * L);
        d.mul(factor).intoArray(result, to + 3 * L);
    }

    private void one(float[] values, int from, int stride, int tokens, float factor, int to) {
        FloatVector a = FloatVector.zero(Lanes.FLOATS);
        int value = from;
        for (int token = 0; token < tokens; token++, value += stride) {
            a = FloatVector.fromArray(Lanes.FLOATS, values, value)
                    .fma(FloatVector.broadcast(Lanes.FLOATS, scores[token]), a);
        }
        a.mul(factor).intoArray(result, to);
    }
}
