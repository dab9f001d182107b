package dev.paddock.kernels;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorOperators;

/**
 * 4-bit numbers in blocks of a group of a tile, {@code [tiles, groups, 9, TILE]}: first the half-precision scales times 16, then eight times four
 * columns in a short, the first one highest. Where there are minima, these come second, times -1, and a block has ten rows. All is read from
 * memory's beginning to its end. A product takes the bits n of a number as {@code 1 + n/16}, whose bits are those of 1 with n
 * in the highest ones of the fraction: a choice between two constants instead of a conversion.
 */
final class FourBitMatrix extends TiledMatrix {
    private static final int L = Lanes.COUNT;
    /** Columns in a short. */
    private static final int PACK = 4;
    /** The highest four bits of a fraction. */
    private static final int NUMBER = 0x0078_0000;
    /** From the highest four bits of a short to there. */
    private static final int SHIFT = 7;
    /** 1 in bits. */
    private static final int ONE = 0x3F80_0000;
    /** Numbers between 1 and 2, as a power of 2. */
    private static final int STEPS = 4;

    private final short[] blocks;
    /** Shorts before a block's packs. */
    private final int head;
    /** Shorts of a block. */
    private final int size;

    FourBitMatrix(int rows, int columns, boolean minimum, Source<byte[]> source) {
        super(rows, columns);
        requireGroups();
        head = (minimum ? 2 : 1) * TILE;
        size = head + GROUP / PACK * TILE;
        blocks = new short[size(tiles(), groups(), size)];
        int start = minimum ? 4 : 2;
        byte[] bytes = new byte[groups() * (start + GROUP / 2)];
        for (int row = 0; row < rows; row++) {
            source.read(row, bytes);
            for (int group = 0; group < groups(); group++) {
                int at = group * (start + GROUP / 2);
                blocks[scale(row, group)] = Halves.times(Halves.read(bytes, at), STEPS);
                if (minimum) {
                    blocks[scale(row, group) + TILE] = Halves.negative(Halves.read(bytes, at + 2));
                }
                place(row, group, bytes, at + start);
            }
        }
    }

    /** GGUF has columns 0 to 15 of a group in the lower halves of its bytes, the others in the upper ones. */
    private void place(int row, int group, byte[] bytes, int at) {
        for (int i = 0; i < GROUP; i++) {
            int number = (bytes[at + i % (GROUP / 2)] >> (i < GROUP / 2 ? 0 : 4)) & 0xF;
            blocks[pack(row, group * GROUP + i)] |= (short) (number << shift(i));
        }
    }

    private static int shift(int column) {
        return 4 * (PACK - 1 - column % PACK);
    }

    private int pack(int row, int column) {
        return scale(row, column / GROUP) + head + column % GROUP / PACK * TILE;
    }

    private int scale(int row, int group) {
        return block(row / TILE, group) + row % TILE;
    }

    private int block(int tile, int group) {
        return (tile * groups() + group) * size;
    }

    @Override
    public long bytes() {
        return (long) blocks.length * Short.BYTES;
    }

    @Override
    public void row(int row, float[] into, int at) {
        for (int k = 0; k < columns(); k++) {
            int number = (blocks[pack(row, k)] >> shift(k)) & 0xF;
            int scale = scale(row, k / GROUP);
            float least = hasMinima() ? -Halves.load(blocks[scale + TILE]) : 0;
            into[at + k] = (1 + number / 16f + offset()) * Halves.load(blocks[scale]) + least;
        }
    }

    /** Of a place, half of the four tiles' rows, then the other half: more at once is more than C2 inlines. */
    @Override
    void sum(int tile, int last, int firstPlace, int places, Input in, float[] sums) {
        float[] x = in.values();
        float[] starts = in.starts();
        int second = ahead(tile, 1, last, groups() * size);
        int third = ahead(tile, 2, last, groups() * size);
        int fourth = ahead(tile, 3, last, groups() * size);
        int first = block(tile, firstPlace) + head;
        for (int half = 0; half < 2 * places; half++) {
            int place = half / 2;
            int v = first + place * size + half % 2 * L;
            int k = in.first() + (firstPlace + place) * GROUP;
            FloatVector a = FloatVector.broadcast(Lanes.FLOATS, starts[firstPlace + place]);
            FloatVector b = a;
            FloatVector c = a;
            FloatVector d = a;
            for (int pack = 0; pack < GROUP / PACK; pack++) {
                IntVector p = pack(v + pack * TILE);
                IntVector q = pack(v + second + pack * TILE);
                IntVector r = pack(v + third + pack * TILE);
                IntVector t = pack(v + fourth + pack * TILE);
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
            int to = place * TOGETHER * TILE + half % 2 * L;
            a.intoArray(sums, to);
            b.intoArray(sums, to + TILE);
            c.intoArray(sums, to + 2 * TILE);
            d.intoArray(sums, to + 3 * TILE);
        }
    }

    @Override
    float offset() {
        return hasMinima() ? -1 : -1.5f;
    }

    private IntVector pack(int at) {
        return ((IntVector) ShortVector.fromArray(Lanes.SHORTS, blocks, at)
                        .convertShape(VectorOperators.S2I, Lanes.INTS, 0))
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
        halves(block(tile, firstPlace), places, into);
    }

    @Override
    boolean hasMinima() {
        return head > TILE;
    }

    @Override
    void minima(int tile, int firstGroup, int groups, float[] into) {
        halves(block(tile, firstGroup) + TILE, groups, into);
    }

    private void halves(int from, int places, float[] into) {
        for (int place = 0; place < places; place++) {
            Halves.load(blocks, from + place * size).intoArray(into, place * TILE);
            Halves.load(blocks, from + place * size + L).intoArray(into, place * TILE + L);
        }
    }

    /** Whole groups. */
    @Override
    void expand(int tile, int firstColumn, int columns, float[] into) {
        int from = block(tile, firstColumn / GROUP) + head;
        for (int to = 0; to < columns * TILE; to += GROUP * TILE, from += size) {
            expand(from, into, to);
        }
    }

    /** The vectors of a group one after the other: two of them in one step are more than C2 inlines. */
    private void expand(int from, float[] into, int at) {
        for (int i = 0; i < 2 * GROUP / PACK; i++) {
            IntVector p = pack(from + i * L);
            int to = at + i / 2 * PACK * TILE + i % 2 * L;
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
        int at = block(tile, firstColumn / GROUP);
        for (int to = 0; to < columns * TILE; to += GROUP * TILE, at += size) {
            scale(at, into, to);
            scale(at + L, into, to + L);
        }
    }

    /** From {@code 1 + n/16} to the number, for one vector of rows of a group. */
    private void scale(int group, float[] into, int at) {
        FloatVector scale = Halves.load(blocks, group);
        FloatVector offset = FloatVector.broadcast(Lanes.FLOATS, offset());
        FloatVector least = hasMinima() ? Halves.load(blocks, group + TILE).neg() : FloatVector.zero(Lanes.FLOATS);
        for (int to = at; to < at + GROUP * TILE; to += TILE) {
            FloatVector.fromArray(Lanes.FLOATS, into, to)
                    .add(offset)
                    .fma(scale, least)
                    .intoArray(into, to);
        }
    }
}
