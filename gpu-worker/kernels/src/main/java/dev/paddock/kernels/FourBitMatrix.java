package dev.paddock.kernels;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorOperators;

/**
 * Unsigned 4-bit numbers. A group of a tile is ten times {@code TILE} shorts: the scales, the minima, then eight times four columns, the first
 * one highest. A product takes a number n as {@code 1 + n/16}, whose bits are those of 1 with n in the highest ones of the fraction: a choice
 * between two constants instead of a conversion. So a group's sum is multiplied with {@code 16 · scale}, and the sum of its x with
 * {@code minimum - 16 · scale}.
 */
final class FourBitMatrix extends TiledMatrix {
    private static final int L = Lanes.COUNT;
    /** Columns in a short. */
    private static final int PACK = 4;
    /** Shorts of a group of a tile. */
    private static final int BLOCK = (2 + GROUP / PACK) * TILE;
    /** The highest four bits of a fraction. */
    private static final int NUMBER = 0x0078_0000;
    /** From the highest four bits of a short to there. */
    private static final int SHIFT = 7;
    /** 1 in bits. */
    private static final int ONE = 0x3F80_0000;
    /** Numbers between 1 and 2. */
    private static final float STEPS = 16;

    private final short[] blocks;

    FourBitMatrix(int rows, int columns, boolean minimum, Source<byte[]> source) {
        super(rows, columns);
        requireGroups();
        blocks = new short[size(tiles(), groups(), BLOCK)];
        int head = minimum ? 4 : 2;
        byte[] bytes = new byte[groups() * (head + GROUP / 2)];
        for (int row = 0; row < rows; row++) {
            source.read(row, bytes);
            for (int group = 0; group < groups(); group++) {
                int at = group * (head + GROUP / 2);
                short scale = Halves.read(bytes, at);
                blocks[block(row, group)] = scale;
                blocks[block(row, group) + TILE] = minimum ? Halves.read(bytes, at + 2) : Halves.timesMinusEight(scale);
                place(row, group, bytes, at + head);
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

    private int block(int row, int group) {
        return (row / TILE * groups() + group) * BLOCK + row % TILE;
    }

    private int pack(int row, int column) {
        return block(row, column / GROUP) + (2 + column % GROUP / PACK) * TILE;
    }

    @Override
    public long bytes() {
        return (long) blocks.length * Short.BYTES;
    }

    @Override
    public void row(int row, float[] into, int at) {
        for (int k = 0; k < columns(); k++) {
            int number = (blocks[pack(row, k)] >> shift(k)) & 0xF;
            int block = block(row, k / GROUP);
            into[at + k] = number * Halves.load(blocks[block]) + Halves.load(blocks[block + TILE]);
        }
    }

    @Override
    void sum(int tile, int firstPlace, int places, int columns, Input in, float[] sums, int to) {
        float[] x = in.values();
        int v = (tile * groups() + firstPlace) * BLOCK + 2 * TILE;
        int k = in.first() + firstPlace * GROUP;
        int end = to + places * TILE;
        for (int sum = to; sum < end; sum += TILE, v += BLOCK, k += GROUP) {
            FloatVector a = FloatVector.zero(Lanes.FLOATS);
            FloatVector b = a;
            for (int pack = 0; pack < GROUP / PACK; pack++) {
                IntVector p = pack(v + pack * TILE);
                IntVector q = pack(v + pack * TILE + L);
                for (int i = 0; i < PACK; i++) {
                    FloatVector z = FloatVector.broadcast(Lanes.FLOATS, x[k + pack * PACK + i]);
                    a = code(p).fma(z, a);
                    b = code(q).fma(z, b);
                    p = next(p);
                    q = next(q);
                }
            }
            a.intoArray(sums, sum);
            b.intoArray(sums, sum + L);
        }
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

    /** {@code 16 · scale} of a vector of rows of a group. */
    private FloatVector scale(int block) {
        return Halves.load(blocks, block).mul(STEPS);
    }

    /** {@code minimum - 16 · scale}. */
    private FloatVector minimum(int block) {
        return Halves.load(blocks, block + TILE).sub(scale(block));
    }

    @Override
    int width() {
        return GROUP;
    }

    @Override
    void scales(int tile, int firstPlace, int places, float[] into) {
        int block = (tile * groups() + firstPlace) * BLOCK;
        for (int to = 0; to < places * TILE; to += TILE, block += BLOCK) {
            scale(block).intoArray(into, to);
            scale(block + L).intoArray(into, to + L);
        }
    }

    @Override
    boolean hasMinima() {
        return true;
    }

    @Override
    void minima(int tile, int firstGroup, int groups, float[] into) {
        int block = (tile * groups() + firstGroup) * BLOCK;
        for (int group = 0; group < groups; group++, block += BLOCK) {
            minimum(block).intoArray(into, group * TILE);
            minimum(block + L).intoArray(into, group * TILE + L);
        }
    }

    /** Whole groups. */
    @Override
    void expand(int tile, int firstColumn, int columns, float[] into) {
        int w = (tile * groups() + firstColumn / GROUP) * BLOCK;
        for (int to = 0; to < columns * TILE; w += TILE) {
            w += TILE;
            for (int pack = 0; pack < GROUP / PACK; pack++, to += PACK * TILE) {
                w += TILE;
                expand(pack(w), into, to);
                expand(pack(w + L), into, to + L);
            }
        }
    }

    /** The columns of a pack. */
    private static void expand(IntVector packs, float[] into, int at) {
        IntVector p = packs;
        for (int to = at; to < at + PACK * TILE; to += TILE) {
            code(p).intoArray(into, to);
            p = next(p);
        }
    }

    /** Whole groups. */
    @Override
    void numbers(int tile, int firstColumn, int columns, float[] into) {
        expand(tile, firstColumn, columns, into);
        int block = (tile * groups() + firstColumn / GROUP) * BLOCK;
        for (int to = 0; to < columns * TILE; to += GROUP * TILE, block += BLOCK) {
            scale(block, into, to);
            scale(block + L, into, to + L);
        }
    }

    /** From {@code 1 + n/16} to {@code n · scale + minimum}, for one vector of rows of a group. */
    private void scale(int block, float[] into, int at) {
        FloatVector scale = Halves.load(blocks, block);
        FloatVector minimum = Halves.load(blocks, block + TILE);
        FloatVector steps = FloatVector.broadcast(Lanes.FLOATS, STEPS);
        FloatVector less = FloatVector.broadcast(Lanes.FLOATS, -STEPS);
        for (int to = at; to < at + GROUP * TILE; to += TILE) {
            FloatVector.fromArray(Lanes.FLOATS, into, to)
                    .fma(steps, less)
                    .fma(scale, minimum)
                    .intoArray(into, to);
        }
    }
}
