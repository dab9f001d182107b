package dev.paddock.kernels;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/**
 * Places in a code book of sixteen numbers, with an fp32 scale for each {@link #WIDTH} columns. Such columns of a tile are nine
 * times {@code TILE} ints: the scales, then eight times eight columns, the first one lowest. The book is looked up in registers.
 */
final class CodeBookMatrix extends TiledMatrix {
    /** Columns that share a scale. */
    static final int WIDTH = CodedBlocks.BLOCK;

    private static final int L = Lanes.COUNT;
    /** Columns in an int. */
    private static final int PACK = 8;
    /** Ints of a tile's columns that share scales. */
    private static final int BLOCK = (1 + WIDTH / PACK) * TILE;

    private static final FloatVector ONES = FloatVector.broadcast(Lanes.FLOATS, 1);

    private final float[] code;
    private final int[] blocks;

    CodeBookMatrix(int rows, int columns, float[] code, Source<byte[]> source) {
        super(rows, columns);
        if (columns % WIDTH != 0) {
            throw new IllegalArgumentException(
                    "%d columns; numbers of a code book ask for a multiple of %d".formatted(columns, WIDTH));
        }
        CodedBlocks.requireBook(code);
        this.code = code.clone();
        blocks = new int[size(tiles(), widths(), BLOCK)];
        byte[] bytes = new byte[widths() * (Float.BYTES + WIDTH / 2)];
        ByteBuffer numbers = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        for (int row = 0; row < rows; row++) {
            source.read(row, bytes);
            numbers.clear();
            for (int width = 0; width < widths(); width++) {
                blocks[block(row, width)] = numbers.getInt();
                for (int column = width * WIDTH; column < (width + 1) * WIDTH; column += 2) {
                    int pair = numbers.get();
                    place(row, column, pair >> 4);
                    place(row, column + 1, pair);
                }
            }
        }
    }

    private int widths() {
        return columns() / WIDTH;
    }

    private void place(int row, int column, int number) {
        blocks[pack(row, column)] |= (number & 0xF) << (4 * (column % PACK));
    }

    private int block(int row, int width) {
        return (row / TILE * widths() + width) * BLOCK + row % TILE;
    }

    private int pack(int row, int column) {
        return block(row, column / WIDTH) + (1 + column % WIDTH / PACK) * TILE;
    }

    @Override
    public long bytes() {
        return (long) blocks.length * Integer.BYTES;
    }

    @Override
    public void row(int row, float[] into, int at) {
        for (int k = 0; k < columns(); k++) {
            int number = (blocks[pack(row, k)] >>> (4 * (k % PACK))) & 0xF;
            into[at + k] = code[number] * Float.intBitsToFloat(blocks[block(row, k / WIDTH)]);
        }
    }

    /** One tile after the other: looking numbers up takes longer than reading them. */
    @Override
    void sum(int tile, int last, int firstPlace, int places, Input in, float[] sums) {
        for (int i = tile; i <= last; i++) {
            sum(i, firstPlace, places, in, sums, (i - tile) * TILE);
        }
    }

    private void sum(int tile, int firstPlace, int places, Input in, float[] sums, int to) {
        IntVector low = book(0);
        IntVector high = book(CodedBlocks.BOOK - L);
        float[] x = in.values();
        int v = (tile * widths() + firstPlace) * BLOCK + TILE;
        int k = in.first() + firstPlace * WIDTH;
        int end = to + places * TOGETHER * TILE;
        for (int sum = to; sum < end; sum += TOGETHER * TILE, v += BLOCK, k += WIDTH) {
            FloatVector a = FloatVector.zero(Lanes.FLOATS);
            FloatVector b = a;
            for (int pack = 0; pack < WIDTH / PACK; pack++) {
                IntVector p = ints(v + pack * TILE);
                IntVector q = ints(v + pack * TILE + L);
                for (int i = 0; i < PACK; i++) {
                    FloatVector z = FloatVector.broadcast(Lanes.FLOATS, x[k + pack * PACK + i]);
                    a = number(low, high, p).fma(z, a);
                    b = number(low, high, q).fma(z, b);
                    p = next(p);
                    q = next(q);
                }
            }
            a.intoArray(sums, sum);
            b.intoArray(sums, sum + L);
        }
    }

    private IntVector book(int from) {
        return FloatVector.fromArray(Lanes.FLOATS, code, from).reinterpretAsInts();
    }

    private static FloatVector number(IntVector low, IntVector high, IntVector packs) {
        return CodedBlocks.lookUp(low, high, packs).reinterpretAsFloats();
    }

    private FloatVector scales(int at) {
        return ints(at).reinterpretAsFloats();
    }

    private IntVector ints(int at) {
        return IntVector.fromArray(Lanes.INTS, blocks, at);
    }

    private static IntVector next(IntVector packs) {
        return packs.lanewise(VectorOperators.LSHR, 4);
    }

    @Override
    int width() {
        return WIDTH;
    }

    @Override
    void scales(int tile, int firstPlace, int places, float[] into) {
        int block = (tile * widths() + firstPlace) * BLOCK;
        for (int to = 0; to < places * TILE; to += TILE, block += BLOCK) {
            scales(block).intoArray(into, to);
            scales(block + L).intoArray(into, to + L);
        }
    }

    /** Whole columns that share scales. */
    @Override
    void expand(int tile, int firstColumn, int columns, float[] into) {
        expand(tile, firstColumn, columns, false, into);
    }

    @Override
    void numbers(int tile, int firstColumn, int columns, float[] into) {
        expand(tile, firstColumn, columns, true, into);
    }

    private void expand(int tile, int firstColumn, int columns, boolean scaled, float[] into) {
        int w = (tile * widths() + firstColumn / WIDTH) * BLOCK;
        int to = 0;
        for (int width = 0; width < columns / WIDTH; width++, w += BLOCK, to += WIDTH * TILE) {
            expand(w, scaled ? scales(w) : ONES, into, to);
            expand(w + L, scaled ? scales(w + L) : ONES, into, to + L);
        }
    }

    /** One vector of rows. */
    private void expand(int block, FloatVector scale, float[] into, int at) {
        IntVector low = book(0);
        IntVector high = book(CodedBlocks.BOOK - L);
        int to = at;
        for (int pack = 1; pack <= WIDTH / PACK; pack++) {
            IntVector p = ints(block + pack * TILE);
            for (int i = 0; i < PACK; i++, to += TILE) {
                number(low, high, p).mul(scale).intoArray(into, to);
                p = next(p);
            }
        }
    }
}
