package dev.paddock.kernels;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/**
 * Unsigned 4-bit numbers, eight columns in an int, the first one lowest: {@code [tiles, columns / 8, lanes]}, with scales and
 * minima {@code [tiles, groups, lanes]}, the scale in an int's lower half. A minimum is multiplied with the sum of its group's x.
 */
final class FourBitMatrix extends TiledMatrix {
    private static final int L = Lanes.COUNT;
    /** Columns in an int. */
    private static final int PACK = 8;

    private final int[] weights;
    private final int[] scales;

    FourBitMatrix(int rows, int columns, boolean minimum, Source<byte[]> source) {
        super(rows, columns);
        requireGroups();
        weights = new int[size(tiles(), columns / PACK, L)];
        scales = new int[size(tiles(), groups(), L)];
        int head = minimum ? 4 : 2;
        byte[] blocks = new byte[groups() * (head + GROUP / 2)];
        for (int row = 0; row < rows; row++) {
            source.read(row, blocks);
            for (int group = 0; group < groups(); group++) {
                int at = group * (head + GROUP / 2);
                short scale = Halves.read(blocks, at);
                short least = minimum ? Halves.read(blocks, at + 2) : Halves.timesMinusEight(scale);
                scales[scale(row, group)] = (scale & 0xFFFF) | (least << 16);
                place(row, group, blocks, at + head);
            }
        }
    }

    private void place(int row, int group, byte[] blocks, int at) {
        for (int i = 0; i < GROUP; i++) {
            int number = (blocks[at + i % (GROUP / 2)] >> (i < GROUP / 2 ? 0 : 4)) & 0xF;
            weights[pack(row, group * GROUP + i)] |= number << (4 * (i % PACK));
        }
    }

    private int pack(int row, int column) {
        return (row / L * (columns() / PACK) + column / PACK) * L + row % L;
    }

    private int scale(int row, int group) {
        return (row / L * groups() + group) * L + row % L;
    }

    @Override
    public long bytes() {
        return (long) (weights.length + scales.length) * Integer.BYTES;
    }

    @Override
    public void row(int row, float[] into, int at) {
        for (int k = 0; k < columns(); k++) {
            int number = (weights[pack(row, k)] >>> (4 * (k % PACK))) & 0xF;
            int both = scales[scale(row, k / GROUP)];
            into[at + k] = number * Halves.load((short) both) + Halves.load((short) (both >> 16));
        }
    }

    @Override
    void multiplyFour(int tile, Input x, float[] y, int at) {
        for (int i = 0; i < 4; i++) {
            minima(tile + i, x, y, at + i * L);
        }
        addFour(tile, x, y, at);
    }

    @Override
    void multiplyTwo(int tile, Input x, float[] y, int at) {
        minima(tile, x, y, at);
        minima(tile + 1, x, y, at + L);
        addTwo(tile, x, y, at);
    }

    /** What the minima of a tile's groups make. */
    private void minima(int tile, Input x, float[] y, int at) {
        float[] sums = x.sums();
        int s = tile * groups() * L;
        FloatVector total = FloatVector.zero(Lanes.FLOATS);
        for (int group = 0; group < groups(); group++, s += L) {
            total = Halves.upper(scales, s).fma(FloatVector.broadcast(Lanes.FLOATS, sums[group]), total);
        }
        total.intoArray(y, at);
    }

    private void addFour(int tile, Input x, float[] y, int at) {
        float[] in = x.values();
        int k = x.first();
        int stride = columns() / PACK * L;
        int scaleStride = groups() * L;
        int w = tile * stride;
        int s = tile * scaleStride;
        FloatVector first = FloatVector.fromArray(Lanes.FLOATS, y, at);
        FloatVector second = FloatVector.fromArray(Lanes.FLOATS, y, at + L);
        FloatVector third = FloatVector.fromArray(Lanes.FLOATS, y, at + 2 * L);
        FloatVector fourth = FloatVector.fromArray(Lanes.FLOATS, y, at + 3 * L);
        for (int group = 0; group < groups(); group++, s += L) {
            FloatVector a = FloatVector.zero(Lanes.FLOATS);
            FloatVector b = a;
            FloatVector c = a;
            FloatVector d = a;
            for (int pack = 0; pack < GROUP / PACK; pack++, w += L, k += PACK) {
                IntVector p = packs(w);
                IntVector q = packs(w + stride);
                IntVector r = packs(w + 2 * stride);
                IntVector t = packs(w + 3 * stride);
                for (int i = 0; i < PACK; i++) {
                    FloatVector z = FloatVector.broadcast(Lanes.FLOATS, in[k + i]);
                    a = lowest(p).fma(z, a);
                    b = lowest(q).fma(z, b);
                    c = lowest(r).fma(z, c);
                    d = lowest(t).fma(z, d);
                    p = next(p);
                    q = next(q);
                    r = next(r);
                    t = next(t);
                }
            }
            first = a.fma(Halves.lower(scales, s), first);
            second = b.fma(Halves.lower(scales, s + scaleStride), second);
            third = c.fma(Halves.lower(scales, s + 2 * scaleStride), third);
            fourth = d.fma(Halves.lower(scales, s + 3 * scaleStride), fourth);
        }
        first.intoArray(y, at);
        second.intoArray(y, at + L);
        third.intoArray(y, at + 2 * L);
        fourth.intoArray(y, at + 3 * L);
    }

    private void addTwo(int tile, Input x, float[] y, int at) {
        float[] in = x.values();
        int k = x.first();
        int stride = columns() / PACK * L;
        int scaleStride = groups() * L;
        int w = tile * stride;
        int s = tile * scaleStride;
        FloatVector first = FloatVector.fromArray(Lanes.FLOATS, y, at);
        FloatVector second = FloatVector.fromArray(Lanes.FLOATS, y, at + L);
        for (int group = 0; group < groups(); group++, s += L) {
            FloatVector a = FloatVector.zero(Lanes.FLOATS);
            FloatVector b = a;
            for (int pack = 0; pack < GROUP / PACK; pack++, w += L, k += PACK) {
                IntVector p = packs(w);
                IntVector q = packs(w + stride);
                for (int i = 0; i < PACK; i++) {
                    FloatVector z = FloatVector.broadcast(Lanes.FLOATS, in[k + i]);
                    a = lowest(p).fma(z, a);
                    b = lowest(q).fma(z, b);
                    p = next(p);
                    q = next(q);
                }
            }
            first = a.fma(Halves.lower(scales, s), first);
            second = b.fma(Halves.lower(scales, s + scaleStride), second);
        }
        first.intoArray(y, at);
        second.intoArray(y, at + L);
    }

    private IntVector packs(int at) {
        return IntVector.fromArray(Lanes.INTS, weights, at);
    }

    private static FloatVector lowest(IntVector packs) {
        return (FloatVector) packs.and(0xF).convert(VectorOperators.I2F, 0);
    }

    private static IntVector next(IntVector packs) {
        return packs.lanewise(VectorOperators.LSHR, 4);
    }

    /** Whole groups. */
    @Override
    void expand(int tile, int firstColumn, int columns, float[] into, int at) {
        int w = (tile * columns() + firstColumn) / PACK * L;
        int s = (tile * groups() + firstColumn / GROUP) * L;
        int to = at;
        for (int group = 0; group < columns / GROUP; group++, s += L) {
            FloatVector scale = Halves.lower(scales, s);
            FloatVector base = Halves.upper(scales, s);
            for (int pack = 0; pack < GROUP / PACK; pack++, w += L) {
                IntVector p = packs(w);
                for (int i = 0; i < PACK; i++, to += L) {
                    lowest(p).fma(scale, base).intoArray(into, to);
                    p = next(p);
                }
            }
        }
    }
}
