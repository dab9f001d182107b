package dev.paddock.kernels;

import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/** Signed 8-bit numbers {@code [tiles, columns, lanes]} with scales {@code [tiles, groups, lanes]}. */
final class EightBitMatrix extends TiledMatrix {
    private static final int L = Lanes.COUNT;
    private static final int BLOCK_BYTES = 2 + GROUP;
    private final byte[] weights;
    private final short[] scales;

    EightBitMatrix(int rows, int columns, Source<byte[]> source) {
        super(rows, columns);
        requireGroups();
        weights = new byte[size(tiles(), columns, L)];
        scales = new short[size(tiles(), groups(), L)];
        byte[] blocks = new byte[groups() * BLOCK_BYTES];
        for (int row = 0; row < rows; row++) {
            source.read(row, blocks);
            for (int group = 0; group < groups(); group++) {
                place(row, group, blocks, group * BLOCK_BYTES);
            }
        }
    }

    private void place(int row, int group, byte[] blocks, int at) {
        int tile = row / L;
        scales[(tile * groups() + group) * L + row % L] = Halves.read(blocks, at);
        for (int i = 0; i < GROUP; i++) {
            weights[(tile * columns() + group * GROUP + i) * L + row % L] = blocks[at + 2 + i];
        }
    }

    @Override
    public long bytes() {
        return weights.length + (long) scales.length * Short.BYTES;
    }

    @Override
    public void row(int row, float[] into, int at) {
        int tile = row / L;
        for (int k = 0; k < columns(); k++) {
            float scale = Halves.load(scales[(tile * groups() + k / GROUP) * L + row % L]);
            into[at + k] = scale * weights[(tile * columns() + k) * L + row % L];
        }
    }

    @Override
    void multiplyFour(int tile, Input x, float[] y, int at) {
        multiplyTwo(tile, x, y, at);
        multiplyTwo(tile + 2, x, y, at + 2 * L);
    }

    @Override
    void multiplyTwo(int tile, Input x, float[] y, int at) {
        int stride = columns() * L;
        int scaleStride = groups() * L;
        int w = tile * stride;
        int s = tile * scaleStride;
        int k = x.first();
        float[] in = x.values();
        FloatVector first = FloatVector.zero(Lanes.FLOATS);
        FloatVector second = first;
        for (int group = 0; group < groups(); group++, s += L) {
            FloatVector a = FloatVector.zero(Lanes.FLOATS);
            FloatVector b = a;
            FloatVector c = a;
            FloatVector d = a;
            for (int end = k + GROUP; k < end; k += 2, w += 2 * L) {
                FloatVector z = FloatVector.broadcast(Lanes.FLOATS, in[k]);
                a = weights(w).fma(z, a);
                b = weights(w + stride).fma(z, b);
                z = FloatVector.broadcast(Lanes.FLOATS, in[k + 1]);
                c = weights(w + L).fma(z, c);
                d = weights(w + stride + L).fma(z, d);
            }
            first = a.add(c).fma(Halves.load(scales, s), first);
            second = b.add(d).fma(Halves.load(scales, s + scaleStride), second);
        }
        first.intoArray(y, at);
        second.intoArray(y, at + L);
    }

    private FloatVector weights(int at) {
        return (FloatVector)
                ByteVector.fromArray(Lanes.BYTES, weights, at).convertShape(VectorOperators.B2F, Lanes.FLOATS, 0);
    }

    /** Whole groups. */
    @Override
    void expand(int tile, int firstColumn, int columns, float[] into, int at) {
        int w = (tile * columns() + firstColumn) * L;
        int s = (tile * groups() + firstColumn / GROUP) * L;
        int to = at;
        for (int group = 0; group < columns / GROUP; group++, s += L) {
            FloatVector scale = Halves.load(scales, s);
            for (int k = 0; k < GROUP; k++, w += L, to += L) {
                weights(w).mul(scale).intoArray(into, to);
            }
        }
    }
}
