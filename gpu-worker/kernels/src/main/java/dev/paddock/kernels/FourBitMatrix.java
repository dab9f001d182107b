package dev.paddock.kernels;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/**
 * Unsigned 4-bit numbers, eight columns in an int, the first one lowest: {@code [tiles, columns / 8, lanes]}, with scales and
 * perhaps minima {@code [tiles, groups, lanes]}. What a group's numbers have in common is multiplied with the sum of its x.
 */
final class FourBitMatrix extends TiledMatrix {
    private static final int L = Lanes.COUNT;
    /** Columns in an int. */
    private static final int PACK = 8;

    private final int[] weights;
    private final short[] scales;
    private final short[] minima;
    /** What is added to every 4-bit number before it is scaled. */
    private final float offset;

    FourBitMatrix(int rows, int columns, boolean minimum, Source<byte[]> source) {
        super(rows, columns);
        requireGroups();
        offset = minimum ? 0 : -8;
        weights = new int[size(tiles(), columns / PACK, L)];
        scales = new short[size(tiles(), groups(), L)];
        minima = new short[minimum ? scales.length : 0];
        int blockBytes = (minimum ? 4 : 2) + GROUP / 2;
        byte[] blocks = new byte[groups() * blockBytes];
        for (int row = 0; row < rows; row++) {
            source.read(row, blocks);
            for (int group = 0; group < groups(); group++) {
                place(row, group, blocks, group * blockBytes);
            }
        }
    }

    private void place(int row, int group, byte[] blocks, int at) {
        int scale = scale(row, group);
        scales[scale] = Halves.read(blocks, at);
        if (hasMinima()) {
            minima[scale] = Halves.read(blocks, at + 2);
        }
        int from = at + (hasMinima() ? 4 : 2);
        for (int i = 0; i < GROUP; i++) {
            int number = blocks[from + i % (GROUP / 2)] >> (i < GROUP / 2 ? 0 : 4) & 0xF;
            weights[pack(row, group * GROUP + i)] |= number << 4 * (i % PACK);
        }
    }

    private boolean hasMinima() {
        return minima.length > 0;
    }

    private int pack(int row, int column) {
        return (row / L * (columns() / PACK) + column / PACK) * L + row % L;
    }

    private int scale(int row, int group) {
        return (row / L * groups() + group) * L + row % L;
    }

    @Override
    public long bytes() {
        return (long) weights.length * Integer.BYTES + (long) (scales.length + minima.length) * Short.BYTES;
    }

    @Override
    public void row(int row, float[] into, int at) {
        for (int k = 0; k < columns(); k++) {
            int number = weights[pack(row, k)] >>> 4 * (k % PACK) & 0xF;
            int group = scale(row, k / GROUP);
            float minimum = hasMinima() ? Halves.load(minima[group]) : 0;
            into[at + k] = (number + offset) * Halves.load(scales[group]) + minimum;
        }
    }

    @Override
    void multiplyFour(int tile, Input x, float[] y, int at) {
        float[] in = x.values();
        int k = x.first();
        int stride = columns() / PACK * L;
        int scaleStride = groups() * L;
        int w = tile * stride;
        int s = tile * scaleStride;
        FloatVector first = minima(tile, x);
        FloatVector second = minima(tile + 1, x);
        FloatVector third = minima(tile + 2, x);
        FloatVector fourth = minima(tile + 3, x);
        for (int group = 0; group < groups(); group++, s += L) {
            FloatVector a = FloatVector.broadcast(Lanes.FLOATS, offset * x.sums()[group]);
            FloatVector b = a;
            FloatVector c = a;
            FloatVector d = a;
            for (int end = k + GROUP; k < end; w += L) {
                IntVector p = packs(w);
                IntVector q = packs(w + stride);
                IntVector r = packs(w + 2 * stride);
                IntVector t = packs(w + 3 * stride);
                for (int last = k + PACK; k < last; k++) {
                    FloatVector z = FloatVector.broadcast(Lanes.FLOATS, in[k]);
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
            first = a.fma(Halves.load(scales, s), first);
            second = b.fma(Halves.load(scales, s + scaleStride), second);
            third = c.fma(Halves.load(scales, s + 2 * scaleStride), third);
            fourth = d.fma(Halves.load(scales, s + 3 * scaleStride), fourth);
        }
        first.intoArray(y, at);
        second.intoArray(y, at + L);
        third.intoArray(y, at + 2 * L);
        fourth.intoArray(y, at + 3 * L);
    }

    @Override
    void multiplyTwo(int tile, Input x, float[] y, int at) {
        float[] in = x.values();
        int k = x.first();
        int stride = columns() / PACK * L;
        int scaleStride = groups() * L;
        int w = tile * stride;
        int s = tile * scaleStride;
        FloatVector first = minima(tile, x);
        FloatVector second = minima(tile + 1, x);
        for (int group = 0; group < groups(); group++, s += L) {
            FloatVector a = FloatVector.broadcast(Lanes.FLOATS, offset * x.sums()[group]);
            FloatVector b = a;
            for (int end = k + GROUP; k < end; w += L) {
                IntVector p = packs(w);
                IntVector q = packs(w + stride);
                for (int last = k + PACK; k < last; k++) {
                    FloatVector z = FloatVector.broadcast(Lanes.FLOATS, in[k]);
                    a = lowest(p).fma(z, a);
                    b = lowest(q).fma(z, b);
                    p = next(p);
                    q = next(q);
                }
            }
            first = a.fma(Halves.load(scales, s), first);
            second = b.fma(Halves.load(scales, s + scaleStride), second);
        }
        first.intoArray(y, at);
        second.intoArray(y, at + L);
    }

    /** What the minima of a tile's groups add. */
    private FloatVector minima(int tile, Input x) {
        FloatVector total = FloatVector.zero(Lanes.FLOATS);
        if (hasMinima()) {
            int at = tile * groups() * L;
            for (int group = 0; group < groups(); group++, at += L) {
                total = Halves.load(minima, at).fma(FloatVector.broadcast(Lanes.FLOATS, x.sums()[group]), total);
            }
        }
        return total;
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
            FloatVector scale = Halves.load(scales, s);
            FloatVector base = hasMinima() ? Halves.load(minima, s) : scale.mul(offset);
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
