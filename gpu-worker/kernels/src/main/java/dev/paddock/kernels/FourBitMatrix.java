package dev.paddock.kernels;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorOperators;

/**
 * 4-bit numbers {@code [tiles, columns / 4, TILE]}, four columns in a short, the first one highest. Scales times 16, and minima times -1 where
 * there are any, are {@code [tiles, groups, TILE]}. A product takes the bits n of a number as {@code 1 + n/16}, whose bits are those of 1 with n
 * in the highest ones of the fraction: a choice between two constants instead of a conversion.
 */
final class FourBitMatrix extends TiledMatrix {
    private static final int L = Lanes.COUNT;
    /** Columns in a short. */
    private static final int PACK = 4;
    /** Shorts of a group of a tile. */
    private static final int BLOCK = GROUP / PACK * TILE;
    /** The highest four bits of a fraction. */
    private static final int NUMBER = 0x0078_0000;
    /** From the highest four bits of a short to there. */
    private static final int SHIFT = 7;
    /** 1 in bits. */
    private static final int ONE = 0x3F80_0000;
    /** Numbers between 1 and 2, as a power of 2. */
    private static final int STEPS = 4;

    private final short[] packs;
    private final short[] scales;
    private final short[] minima;

    FourBitMatrix(int rows, int columns, boolean minimum, Source<byte[]> source) {
        super(rows, columns);
        requireGroups();
        packs = new short[size(tiles(), columns / PACK, TILE)];
        scales = new short[size(tiles(), groups(), TILE)];
        minima = new short[minimum ? scales.length : 0];
        int head = minimum ? 4 : 2;
        byte[] bytes = new byte[groups() * (head + GROUP / 2)];
        for (int row = 0; row < rows; row++) {
            source.read(row, bytes);
            for (int group = 0; group < groups(); group++) {
                int at = group * (head + GROUP / 2);
                scales[scale(row, group)] = Halves.times(Halves.read(bytes, at), STEPS);
                if (minimum) {
                    minima[scale(row, group)] = Halves.negative(Halves.read(bytes, at + 2));
                }
                place(row, group, bytes, at + head);
            }
        }
    }

    /** GGUF has columns 0 to 15 of a group in the lower halves of its bytes, the others in the upper ones. */
    private void place(int row, int group, byte[] bytes, int at) {
        for (int i = 0; i < GROUP; i++) {
            int number = (bytes[at + i % (GROUP / 2)] >> (i < GROUP / 2 ? 0 : 4)) & 0xF;
            packs[pack(row, group * GROUP + i)] |= (short) (number << shift(i));
        }
    }

    private static int shift(int column) {
        return 4 * (PACK - 1 - column % PACK);
    }

    private int pack(int row, int column) {
        return (row / TILE * columns() + column) / PACK * TILE + row % TILE;
    }

    private int scale(int row, int group) {
        return (row / TILE * groups() + group) * TILE + row % TILE;
    }

    @Override
    public long bytes() {
        return (long) (packs.length + scales.length + minima.length) * Short.BYTES;
    }

    @Override
    public void row(int row, float[] into, int at) {
        for (int k = 0; k < columns(); k++) {
            int number = (packs[pack(row, k)] >> shift(k)) & 0xF;
            int scale = scale(row, k / GROUP);
            float least = hasMinima() ? -Halves.load(minima[scale]) : 0;
            into[at + k] = (1 + number / 16f + offset()) * Halves.load(scales[scale]) + least;
        }
    }

    /** Two tiles: as much as C2 compiles well by itself, and too much for it to compile it into its caller as well. */
    @Override
    void sum(int tile, int other, int firstPlace, int places, Input in, float[] sums) {
        float[] x = in.values();
        float[] starts = in.starts();
        int stride = (other - tile) * groups() * BLOCK;
        int v = (tile * groups() + firstPlace) * BLOCK;
        int k = in.first() + firstPlace * GROUP;
        for (int place = 0; place < places; place++, v += BLOCK, k += GROUP) {
            FloatVector a = FloatVector.broadcast(Lanes.FLOATS, starts[firstPlace + place]);
            FloatVector b = a;
            FloatVector c = a;
            FloatVector d = a;
            for (int pack = 0; pack < GROUP / PACK; pack++) {
                IntVector p = pack(v + pack * TILE);
                IntVector q = pack(v + pack * TILE + L);
                IntVector r = pack(v + stride + pack * TILE);
                IntVector t = pack(v + stride + pack * TILE + L);
                for (int i = 0; i < PACK; i++) {
                    FloatVector z = FloatVector.broadcast(Lanes.FLOATS, x[k + pack * PACK + i]);
                    a = code(p).fma(z, a);
                    b = code(q).fma(z, b);
                    c = code(r).fma(z, c);
                    d = code(t).fma(z, d);
                    p = next(p);
                    q = next(q);
                    r = next(r);
                    t = next(t);
                }
            }
            a.intoArray(sums, 2 * place * TILE);
            b.intoArray(sums, 2 * place * TILE + L);
            c.intoArray(sums, 2 * place * TILE + 2 * L);
            d.intoArray(sums, 2 * place * TILE + 3 * L);
        }
    }

    @Override
    float offset() {
        return hasMinima() ? -1 : -1.5f;
    }

    private IntVector pack(int at) {
        return ((IntVector)
                        ShortVector.fromArray(Lanes.SHORTS, packs, at).convertShape(VectorOperators.S2I, Lanes.INTS, 0))
                .lanewise(VectorOperators.LSHL, SHIFT);
    }

    private static IntVector next(IntVector packs) {
        return packs.lanewise(VectorOperators.LSHL, 4);
    }

    /** {@code 1 + n/16}. */
    private static FloatVector code(IntVector packs) {
        return packs.and(NUMBER).or(ONE).reinterpretAsFloats();
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
    boolean hasMinima() {
        return minima.length > 0;
    }

    @Override
    void minima(int tile, int firstGroup, int groups, float[] into) {
        Halves.load(minima, (tile * groups() + firstGroup) * TILE, groups * TILE, into);
    }

    /** Whole packs, their vectors one after the other: two of them in one step are more than C2 inlines. */
    @Override
    void expand(int tile, int firstColumn, int columns, float[] into) {
        int from = (tile * columns() + firstColumn) / PACK * TILE;
        int vectors = 2 * columns / PACK;
        for (int i = 0; i < vectors; i++) {
            IntVector p = pack(from + i * L);
            int to = i / 2 * PACK * TILE + i % 2 * L;
            code(p).intoArray(into, to);
            p = next(p);
            code(p).intoArray(into, to + TILE);
            p = next(p);
            code(p).intoArray(into, to + 2 * TILE);
            p = next(p);
            code(p).intoArray(into, to + 3 * TILE);
        }
    }

    /** Whole groups. */
    @Override
    void numbers(int tile, int firstColumn, int columns, float[] into) {
        expand(tile, firstColumn, columns, into);
        int at = (tile * groups() + firstColumn / GROUP) * TILE;
        for (int to = 0; to < columns * TILE; to += GROUP * TILE, at += TILE) {
            scale(at, into, to);
            scale(at + L, into, to + L);
        }
    }

    /** From {@code 1 + n/16} to the number, for one vector of rows of a group. */
    private void scale(int group, float[] into, int at) {
        FloatVector scale = Halves.load(scales, group);
        FloatVector offset = FloatVector.broadcast(Lanes.FLOATS, offset());
        FloatVector least = hasMinima() ? Halves.load(minima, group).neg() : FloatVector.zero(Lanes.FLOATS);
        for (int to = at; to < at + GROUP * TILE; to += TILE) {
            FloatVector.fromArray(Lanes.FLOATS, into, to)
                    .add(offset)
                    .fma(scale, least)
                    .intoArray(into, to);
        }
    }
}
