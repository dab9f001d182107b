package dev.paddock.kernels;

import java.nio.ByteBuffer;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.ShortVector;

/** Rounds to bfloat16. */
final class BfloatUnpacking extends Unpacking {
    private static final int L = Lanes.COUNT;
    private short[] numbers = new short[0];

    BfloatUnpacking(Team team) {
        super(team);
    }

    @Override
    void reserve(int count) {
        if (numbers.length < count) {
            numbers = new short[count];
        }
    }

    @Override
    void keep(float[] panel, int columns, int at, int stride) {
        int to = at;
        for (int from = 0; from < columns * TILE; from += TILE, to += stride) {
            round(panel, from).intoArray(numbers, to);
            round(panel, from + L).intoArray(numbers, to + L);
        }
    }

    private static ShortVector round(float[] panel, int from) {
        return Bfloats.halves(Bfloats.rounded(FloatVector.fromArray(Lanes.FLOATS, panel, from)));
    }

    @Override
    void copy(int first, int count, ByteBuffer into) {
        into.asShortBuffer().put(first, numbers, first, count);
    }
}
