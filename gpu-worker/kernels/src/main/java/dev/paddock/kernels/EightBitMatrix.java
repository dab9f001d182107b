package dev.paddock.kernels;

import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/** Signed 8-bit numbers {@code [tiles, columns, TILE]} with scales {@code [tiles, groups, TILE]}. */
final class EightBitMatrix extends TiledMatrix {
    private static final int L = Lanes.COUNT;
    private static final int BLOCK_BYTES = 2 + GROUP;
    private final byte[] weights;
    private final short[] scales;

    EightBitMatrix(int rows, int columns, Source<byte[]> source) {
        super(rows, columns);
        requireGroups();
        weights = new byte[size(tiles(), columns, TILE)];
        scales = new short[size(tiles(), groups(), TILE)];
        byte[] blocks = new byte[groups() * BLOCK_BYTES];
        for (int row = 0; row < rows; row++) {
            source.read(row, blocks);
            for (int group = 0; group < groups(); group++) {
                place(row, group, blocks, group * BLOCK_BYTES);
            }
        }
    }

    private void place(int row, int group, byte[] blocks, int at) {
        int tile = row / TILE;
        scales[(tile * groups() + group) * TILE + row % TILE] = Halves.read(blocks, at);
        for (int i = 0; i < GROUP; i++) {
            weights[(tile * columns() + group * GROUP + i) * TILE + row % TILE] = blocks[at + 2 + i];
        }
    }

    @Override
    public long bytes() {
        return weights.length + (long) scales.length * Short.BYTES;
    }

    @Override
    public void row(int row, float[] into, int at) {
        int tile = row / TILE;
        for (int k = 0; k < columns(); k++) {
            float scale = Halves.load(scales[(tile * groups() + k / GROUP) * TILE + row % TILE]);
            into[at + k] = scale * weights[(tile * columns() + k) * TILE + row % TILE];
        }
    }

    @Override
    void sum(int tile, int last, int firstPlace, int places, Input in, float[] sums) {
        float[] x = in.values();
        int second = ahead(tile, 1, last, columns() * TILE);
        int third = ahead(tile, 2, last, columns() * TILE);
        int fourth = ahead(tile, 3, last, columns() * TILE);
        int v = (tile * columns() + firstPlace * GROUP) * TILE;
        int k = in.first() + firstPlace * GROUP;
        for (int place = 0; place < places; place++, v += GROUP * TILE, k += GROUP) {
            FloatVector a = FloatVector.zero(Lanes.FLOATS);
            FloatVector b = a;
            FloatVector c = a;
            FloatVector d = a;
            FloatVector e = a;
            FloatVector f = a;
            FloatVector g = a;
            FloatVector h = a;
            for (int i = 0; i < GROUP; i++) {
                FloatVector z = FloatVector.broadcast(Lanes.FLOATS, x[k + i]);
                a = weights(v + i * TILE).fma(z, a);
                b = weights(v + i * TILE + L).fma(z, b);
                c = weights(v + second + i * TILE).fma(z, c);
                d = weights(v + second + i * TILE + L).fma(z, d);
                e = weights(v + third + i * TILE).fma(z, e);
                f = weights(v + third + i * TILE + L).fma(z, f);
                g = weights(v + fourth + i * TILE).fma(z, g);
                h = weights(v + fourth + i * TILE + L).fma(z, h);
            }
            int to = place * TOGETHER * TILE;
            a.intoArray(sums, to);
            b.intoArray(sums, to + L);
            c.intoArray(sums, to + 2 * L);
            d.intoArray(sums, to + 3 * L);
            e.intoArray(sums, to + 4 * L);
            f.intoArray(sums, to + 5 * L);
            g.intoArray(sums, to + 6 * L);
            h.intoArray(sums, to + 7 * L);
        }
    }

    private FloatVector weights(int at) {
        return (FloatVector)
                ByteVector.fromArray(Lanes.BYTES, weights, at).convertShape(VectorOperators.B2F, Lanes.FLOATS, 0);
    }

    @Override
    int width() {
        return GROUP;
    }

    @Override
    void scales(int tile, int firstPlace, int places, float[] into) {
        Halves.load(scales, (tile * groups() + firstPlace) * TILE, places * TILE, into);
    }

    @Override
    void expand(int tile, int firstColumn, int columns, float[] into) {
        int w = (tile * columns() + firstColumn) * TILE;
        for (int to = 0; to < columns * TILE; to += L) {
            weights(w + to).intoArray(into, to);
        }
    }

    /** Whole groups. */
    @Override
    void numbers(int tile, int firstColumn, int columns, float[] into) {
        int w = (tile * columns() + firstColumn) * TILE;
        int s = (tile * groups() + firstColumn / GROUP) * TILE;
        int to = 0;
        for (int group = 0; group < columns / GROUP; group++, s += TILE) {
            FloatVector first = Halves.load(scales, s);
            FloatVector second = Halves.load(scales, s + L);
            for (int k = 0; k < GROUP; k++, w += TILE, to += TILE) {
                weights(w).mul(first).intoArray(into, to);
                weights(w + L).mul(second).intoArray(into, to + L);
            }
        }
    }
}
