package dev.paddock.kernels;

import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/**
 * Keys and values in 8 bits, each token's of a head times a scale of their own, {@code [heads, tokens]}: the highest
 * magnitude becomes 127.
 */
final class EightBitChunk extends CacheChunk {
    private static final float MOST = 127;

    private final byte[] keys;
    private final byte[] values;
    private final float[] keyScales;
    private final float[] valueScales;

    EightBitChunk(int heads, int headSize) {
        super(heads, headSize);
        keys = new byte[keyCount()];
        values = new byte[valueCount()];
        keyScales = new float[scaleCount()];
        valueScales = new float[scaleCount()];
    }

    private EightBitChunk(EightBitChunk other) {
        super(other.heads(), other.headSize());
        keys = other.keys.clone();
        values = other.values.clone();
        keyScales = other.keyScales.clone();
        valueScales = other.valueScales.clone();
    }

    @Override
    void putKeys(int token, int head, float[] row, int at) {
        float scale = step(row, at);
        keyScales[scale(token, head)] = scale;
        int key = key(token, head);
        for (int i = 0; i < headSize(); i++) {
            keys[key + i * BLOCK] = round(row[at + i], scale);
        }
    }

    @Override
    void putValues(int token, int head, float[] row, int at) {
        float scale = step(row, at);
        valueScales[scale(token, head)] = scale;
        int value = value(token, head);
        for (int i = 0; i < headSize(); i++) {
            values[value + i] = round(row[at + i], scale);
        }
    }

    private float step(float[] row, int at) {
        float most = 0;
        for (int i = 0; i < headSize(); i++) {
            most = Math.max(most, Math.abs(row[at + i]));
        }
        return most / MOST;
    }

    private static byte round(float value, float scale) {
        return scale == 0 ? 0 : (byte) Math.rint(value / scale);
    }

    @Override
    void getKeys(int token, int head, float[] row, int at) {
        float scale = keyScales[scale(token, head)];
        int key = key(token, head);
        for (int i = 0; i < headSize(); i++) {
            row[at + i] = keys[key + i * BLOCK] * scale;
        }
    }

    @Override
    void getValues(int token, int head, float[] row, int at) {
        float scale = valueScales[scale(token, head)];
        int value = value(token, head);
        for (int i = 0; i < headSize(); i++) {
            row[at + i] = values[value + i] * scale;
        }
    }

    @Override
    CacheChunk copy() {
        return new EightBitChunk(this);
    }

    @Override
    void keys(int block, int head, CacheTile tile) {
        FloatVector scales = FloatVector.fromArray(Lanes.FLOATS, keyScales, scale(block * BLOCK, head));
        float[] into = tile.unpacked();
        int key = keyBlock(block, head);
        for (int i = 0; i < headSize() * BLOCK; i += BLOCK) {
            load(keys, key + i).mul(scales).intoArray(into, i);
        }
    }

    @Override
    void values(int block, int head, CacheTile tile) {
        float[] into = tile.unpacked();
        int value = valueBlock(block, head);
        int first = scale(block * BLOCK, head);
        int size = valueSize();
        for (int token = 0; token < BLOCK; token++) {
            FloatVector same = FloatVector.broadcast(Lanes.FLOATS, valueScales[first + token]);
            for (int i = token * size; i < (token + 1) * size; i += Lanes.COUNT) {
                load(values, value + i).mul(same).intoArray(into, i);
            }
        }
    }

    private static FloatVector load(byte[] numbers, int at) {
        return (FloatVector)
                ByteVector.fromArray(Lanes.BYTES, numbers, at).convertShape(VectorOperators.B2F, Lanes.FLOATS, 0);
    }
}
