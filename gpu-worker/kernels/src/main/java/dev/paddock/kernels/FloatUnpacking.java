package dev.paddock.kernels;

import java.nio.ByteBuffer;

/** Keeps numbers as they are. */
final class FloatUnpacking extends Unpacking {
    private float[] numbers = new float[0];

    FloatUnpacking(Team team) {
        super(team);
    }

    @Override
    void reserve(int count) {
        if (numbers.length < count) {
            numbers = new float[count];
        }
    }

    @Override
    void keep(float[] panel, int columns, int at, int stride) {
        int to = at;
        for (int from = 0; from < columns * TILE; from += TILE, to += stride) {
            System.arraycopy(panel, from, numbers, to, TILE);
        }
    }

    @Override
    void copy(int first, int count, ByteBuffer into) {
        into.asFloatBuffer().put(first, numbers, first, count);
    }
}
