package dev.paddock.kernels;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/**
 * Unsigned 4-bit numbers. A group of a tile is five times {@code TILE} ints: scales in the lower halves and minima in the upper
 * ones, then four times eight columns, the first one lowest. A minimum is multiplied with the sum of its group's x.
 */
final class FourBitMatrix extends TiledMatrix {
    private static final int L = Lanes.COUNT;
    /** Columns in an int. */
    private static final int PACK = 8;
    /** Ints of a group of a tile. */
    private static final int BLOCK = (1 + GROUP / PACK) * TILE;

    private final int[] blocks;

    FourBitMatrix(int rows, int columns, boolean minimum, Source<byte[]> source) {
        super(rows, columns);
        requireGroups();
        blocks = new int[size(tiles(), groups(), BLOCK)];
        int head = minimum ? 4 : 2;
        byte[] bytes = new byte[groups() * (head + GROUP / 2)];
        for (int row = 0; row < rows; row++) {
            source.read(row, bytes);
            for (int group = 0; group < groups(); group++) {
                int at = group * (head + GROUP / 2);
                short scale = Halves.read(bytes, at);
                short least = minimum ? Halves.read(bytes, at + 2) : Halves.timesMinusEight(scale);
                blocks[block(row, group)] = (scale & 0xFFFF) | (least << 16);
                place(row, group, bytes, at + head);
            }
        }
    }

    /** GGUF has columns 0 to 15 of a group in the lower halves of its bytes, the others in the upper ones. */
    private void place(int row, int group, byte[] bytes, int at) {
        for (int i = 0; i < GROUP; i++) {
            int number = (bytes[at + i % (GROUP / 2)] >> (i < GROUP / 2 ? 0 : 4)) & 0xF;
            blocks[pack(row, group * GROUP + i)] |= number << (4 * (i % PACK));
        }
    }

    private int block(int row, int group) {
        return (row / TILE * groups() + group) * BLOCK + row % TILE;
    }

    private int pack(int row, int column) {
        return block(row, column / GROUP) + (1 + column % GROUP / PACK) * TILE;
    }

    @Override
    public long bytes() {
        return (long) blocks.length * Integer.BYTES;
    }

    @Override
    public void row(int row, float[] into, int at) {
        for (int k = 0; k < columns(); k++) {
            int number = (blocks[pack(row, k)] >>> (4 * (k % PACK))) & 0xF;
            int both = blocks[block(row, k / GROUP)];
            into[at + k] = number * Halves.load((short) both) + Halves.load((short) (both >> 16));
        }
    }

    @Override
    void multiply(int firstTile, int lastTile, Input x, float[] y, int at) {
        int tile = firstTile;
        int to = at;
        for (; tile + 2 <= lastTile; tile += 2, to += 2 * TILE) {
            two(tile, x.values(), x.first(), y, to);
            addMinima(tile, x.sums(), y, to);
            addMinima(tile + 1, x.sums(), y, to + TILE);
        }
        if (tile < lastTile) {
            one(tile, x.values(), x.first(), y, to);
            addMinima(tile, x.sums(), y, to);
        }
    }

    private void two(int tile, float[] x, int from, float[] y, int at) {
        int stride = groups() * BLOCK;
        int w = tile * stride;
        int k = from;
        FloatVector first = FloatVector.zero(Lanes.FLOATS);
        FloatVector second = first;
        FloatVector third = first;
        FloatVector fourth = first;
        for (int group = 0; group < groups(); group++, w += TILE) {
            int head = w;
            FloatVector a = FloatVector.zero(Lanes.FLOATS);
            FloatVector b = a;
            FloatVector c = a;
            FloatVector d = a;
            for (int pack = 0; pack < GROUP / PACK; pack++, k += PACK) {
                w += TILE;
                IntVector p = ints(w);
                IntVector q = ints(w + L);
                IntVector r = ints(w + stride);
                IntVector t = ints(w + stride + L);
                for (int i = 0; i < PACK; i++) {
                    FloatVector z = FloatVector.broadcast(Lanes.FLOATS, x[k + i]);
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
            first = a.fma(Halves.lower(ints(head)), first);
            second = b.fma(Halves.lower(ints(head + L)), second);
            third = c.fma(Halves.lower(ints(head + stride)), third);
            fourth = d.fma(Halves.lower(ints(head + stride + L)), fourth);
        }
        first.intoArray(y, at);
        second.intoArray(y, at + L);
        third.intoArray(y, at + 2 * L);
        fourth.intoArray(y, at + 3 * L);
    }

    private void one(int tile, float[] x, int from, float[] y, int at) {
        int w = tile * groups() * BLOCK;
        int k = from;
        FloatVector first = FloatVector.zero(Lanes.FLOATS);
        FloatVector second = first;
        for (int group = 0; group < groups(); group++, w += TILE) {
            int head = w;
            FloatVector a = FloatVector.zero(Lanes.FLOATS);
            FloatVector b = a;
            for (int pack = 0; pack < GROUP / PACK; pack++, k += PACK) {
                w += TILE;
                IntVector p = ints(w);
                IntVector q = ints(w + L);
                for (int i = 0; i < PACK; i++) {
                    FloatVector z = FloatVector.broadcast(Lanes.FLOATS, x[k + i]);
                    a = lowest(p).fma(z, a);
                    b = lowest(q).fma(z, b);
                    p = next(p);
                    q = next(q);
                }
            }
            first = a.fma(Halves.lower(ints(head)), first);
            second = b.fma(Halves.lower(ints(head + L)), second);
        }
        first.intoArray(y, at);
        second.intoArray(y, at + L);
    }

    /** What the minima make of x comes last, when they are near in memory: with it the loops above are too big for C2. */
    private void addMinima(int tile, float[] sums, float[] y, int at) {
        int block = tile * groups() * BLOCK;
        FloatVector first = FloatVector.fromArray(Lanes.FLOATS, y, at);
        FloatVector second = FloatVector.fromArray(Lanes.FLOATS, y, at + L);
        for (int group = 0; group < groups(); group++, block += BLOCK) {
            FloatVector sum = FloatVector.broadcast(Lanes.FLOATS, sums[group]);
            first = Halves.upper(ints(block)).fma(sum, first);
            second = Halves.upper(ints(block + L)).fma(sum, second);
        }
        first.intoArray(y, at);
        second.intoArray(y, at + L);
    }

    private IntVector ints(int at) {
        return IntVector.fromArray(Lanes.INTS, blocks, at);
    }

    private static FloatVector lowest(IntVector packs) {
        return (FloatVector) packs.and(0xF).convert(VectorOperators.I2F, 0);
    }

    private static IntVector next(IntVector packs) {
        return packs.lanewise(VectorOperators.LSHR, 4);
    }

    /** Whole groups. */
    @Override
    void expand(int tile, int firstColumn, int columns, float[] into) {
        int w = (tile * groups() + firstColumn / GROUP) * BLOCK;
        int to = 0;
        for (int group = 0; group < columns / GROUP; group++, w += BLOCK, to += GROUP * TILE) {
            expand(w, into, to);
            expand(w + L, into, to + L);
        }
    }

    /** One vector of rows of a group. */
    private void expand(int block, float[] into, int at) {
        FloatVector scale = Halves.lower(ints(block));
        FloatVector minimum = Halves.upper(ints(block));
        int to = at;
        for (int pack = 1; pack <= GROUP / PACK; pack++) {
            IntVector p = ints(block + pack * TILE);
            for (int i = 0; i < PACK; i++, to += TILE) {
                lowest(p).fma(scale, minimum).intoArray(into, to);
                p = next(p);
            }
        }
    }
}
