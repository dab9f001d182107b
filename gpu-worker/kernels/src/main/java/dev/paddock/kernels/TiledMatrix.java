package dev.paddock.kernels;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;

/**
 * A matrix in tiles of two vectors of rows, which lie column by column, so that memory is read from its beginning to its end. Rows
 * that fill the last tile up are zeros.
 */
abstract sealed class TiledMatrix implements Matrix
        permits CodeBookMatrix, FourBitMatrix, EightBitMatrix, BfloatMatrix, FloatMatrix {
    /** Rows of a tile. */
    static final int TILE = 2 * Lanes.COUNT;
    /** Tiles whose products with one row of x go side by side: as many streams of memory keep a core's share of it busy. */
    static final int TOGETHER = 4;

    private final int rows;
    private final int columns;

    TiledMatrix(int rows, int columns) {
        if (rows < 1 || columns < 1) {
            throw new IllegalArgumentException("a matrix of %d rows and %d columns".formatted(rows, columns));
        }
        this.rows = rows;
        this.columns = columns;
    }

    @Override
    public final int rows() {
        return rows;
    }

    @Override
    public final int columns() {
        return columns;
    }

    @Override
    public final int stride() {
        return Lanes.roundUp(rows, TILE);
    }

    final int tiles() {
        return stride() / TILE;
    }

    /** Groups of columns that share a scale. */
    final int groups() {
        return columns / GROUP;
    }

    /**
     * {@code y = W x} of up to {@link #TOGETHER} neighbouring tiles and one row of x, whose {@code y} begins at {@code at}. The products of
     * {@link #width} columns are summed one after the other, then scaled and added to those before them. A {@link Panel} computes in the same
     * order, so that a row's products are the same bits alone and among others.
     */
    final void multiply(int tile, int last, Input x, float[] y, int at, Scratch scratch) {
        int places = (columns + width() - 1) / width();
        Arrays.fill(y, at, at + (1 + last - tile) * TILE, 0);
        for (int place = 0; place < places; place += Scratch.PLACES) {
            int count = Math.min(Scratch.PLACES, places - place);
            sum(tile, last, place, count, x, scratch.sums());
            for (int i = tile; i <= last; i++) {
                scales(i, place, count, scratch.factors());
                add(count, scratch, (i - tile) * TILE, y, at + (i - tile) * TILE);
            }
        }
        for (int i = tile; hasMinima() && i <= last; i++) {
            addMinima(i, x.starts(), scratch.factors(), y, at + (i - tile) * TILE);
        }
    }

    private static void add(int places, Scratch scratch, int from, float[] y, int at) {
        FloatVector first = FloatVector.fromArray(Lanes.FLOATS, y, at);
        FloatVector second = FloatVector.fromArray(Lanes.FLOATS, y, at + Lanes.COUNT);
        float[] sums = scratch.sums();
        float[] scales = scratch.factors();
        for (int i = 0; i < places * TILE; i += TILE) {
            int sum = from + TOGETHER * i;
            first = FloatVector.fromArray(Lanes.FLOATS, sums, sum)
                    .fma(FloatVector.fromArray(Lanes.FLOATS, scales, i), first);
            second = FloatVector.fromArray(Lanes.FLOATS, sums, sum + Lanes.COUNT)
                    .fma(FloatVector.fromArray(Lanes.FLOATS, scales, i + Lanes.COUNT), second);
        }
        first.intoArray(y, at);
        second.intoArray(y, at + Lanes.COUNT);
    }

    private void addMinima(int tile, float[] starts, float[] minima, float[] y, int at) {
        for (int group = 0; group < groups(); group += Panel.COLUMNS) {
            int groups = Math.min(Panel.COLUMNS, groups() - group);
            minima(tile, group, groups, minima);
            FloatVector first = FloatVector.zero(Lanes.FLOATS);
            FloatVector second = first;
            for (int i = 0; i < groups; i++) {
                FloatVector start = FloatVector.broadcast(Lanes.FLOATS, starts[group + i]);
                first = FloatVector.fromArray(Lanes.FLOATS, minima, i * TILE).fma(start, first);
                second = FloatVector.fromArray(Lanes.FLOATS, minima, i * TILE + Lanes.COUNT)
                        .fma(start, second);
            }
            first.add(FloatVector.fromArray(Lanes.FLOATS, y, at)).intoArray(y, at);
            second.add(FloatVector.fromArray(Lanes.FLOATS, y, at + Lanes.COUNT)).intoArray(y, at + Lanes.COUNT);
        }
    }

    /**
     * The products of some places of four tiles with one row of x: each summed up from its start, which is {@link #offset} times the sum of x,
     * over its first column to its last one, {@code [places, TOGETHER · TILE]}. A place is {@link #width} columns; the last one may be shorter.
     *
     * @param tile the first tile; the others follow
     * @param last the last one that is asked for, which stands for those beyond it
     */
    abstract void sum(int tile, int last, int firstPlace, int places, Input x, float[] sums);

    /** Numbers from a tile of {@code size} to the one {@code count} tiles later, or to the last. */
    static int ahead(int tile, int count, int last, int size) {
        return (Math.min(tile + count, last) - tile) * size;
    }

    /** What is added to each number that {@link #expand} writes before it is scaled; where it is not 0 a place is a {@link #GROUP}. */
    float offset() {
        return 0;
    }

    /** Columns that share scales, and are summed before they are scaled: a multiple of {@link #GROUP} of which a panel holds some. */
    abstract int width();

    /** Writes the scales of some places, {@code [places, TILE]}. */
    abstract void scales(int tile, int firstPlace, int places, float[] into);

    /** Writes some columns of a tile without their scales, {@code [columns, TILE]}. */
    abstract void expand(int tile, int firstColumn, int columns, float[] into);

    /** Writes some columns of a tile as the numbers they stand for, {@code [columns, TILE]}. */
    void numbers(int tile, int firstColumn, int columns, float[] into) {
        expand(tile, firstColumn, columns, into);
    }

    /** Whether a group's start is multiplied with a number of its own, too, which {@link #minima} gives. */
    boolean hasMinima() {
        return false;
    }

    /** Writes what is multiplied with the starts of some groups, {@code [groups, TILE]}. */
    void minima(int tile, int firstGroup, int groups, float[] into) {
        throw new UnsupportedOperationException("no minima");
    }

    static int size(int... factors) {
        int product = 1;
        for (int factor : factors) {
            product = Math.multiplyExact(product, factor);
        }
        return product;
    }

    final void requireGroups() {
        if (columns % GROUP != 0) {
            throw new IllegalArgumentException(
                    "%d columns; numbers with scales ask for a multiple of %d".formatted(columns, GROUP));
        }
    }
}
