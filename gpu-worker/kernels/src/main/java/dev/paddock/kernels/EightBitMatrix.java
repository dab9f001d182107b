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
    void multiply(int firstTile, int lastTile, Input x, float[] y, int at) {
        for (int tile = firstTile; tile < lastTile; tile++) {
            multiply(tile, x.values(), x.first(), y, at + (tile - firstTile) * TILE);
        }
    }

    private void multiply(int tile, float[] in, int from, float[] y, int at) {
        int w = tile * columns() * TILE;
        int s = tile * groups() * TILE;
        int k = from;
        FloatVector first = FloatVector.zero(Lanes.FLOATS);
        FloatVector second = first;
        for (int group = 0; group < groups(); group++, s += TILE) {
            FloatVector a = FloatVector.zero(Lanes.FLOATS);
            FloatVector b = a;
            FloatVector c = a;
            FloatVector d = a;
            for (int end = k + GROUP; k < end; k += 2, w += 2 * TILE) {
                FloatVector z = FloatVector.broadcast(Lanes.FLOATS, in[k]);
                a = weights(w).fma(z, a);
                b = weights(w + L).fma(z, b);
                z = FloatVector.broadcast(Lanes.FLOATS, in[k + 1]);
                c = weights(w + 2 * L).fma(z, c);
                d = weights(w + 3 * L).fma(z, d);
            }
            first = a.add(c).fma(Halves.load(scales, s), first);
            second = b.add(d).fma(Halves.load(scales, s + L), second);
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
    void expand(int tile, int firstColumn, int columns, float[] into) {
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
