package dev.paddock.kernels;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Turns matrices into numbers {@code [columns, stride]} of one kind for those who multiply them with many rows: the outputs of a
 * column lie side by side, as they do in tiles. Matrices that read the same input may be put beside each other. For one caller.
 */
public abstract sealed class Unpacking permits FloatUnpacking, BfloatUnpacking {
    /** Outputs of a tile: those of a whole number of tiles are written together. */
    public static final int TILE = TiledMatrix.TILE;

    private final Team team;
    private final float[][] panels;

    Unpacking(Team team) {
        this.team = team;
        panels = new float[team.parts()][Panel.COLUMNS * TILE];
    }

    /** Into bfloat16; finite numbers are rounded to nearest, ties to even. */
    public static Unpacking toBfloat16(Team team) {
        return new BfloatUnpacking(team);
    }

    /** Into fp32. */
    public static Unpacking toFloats(Team team) {
        return new FloatUnpacking(team);
    }

    /** Makes room for some numbers. */
    abstract void reserve(int count);

    /**
     * Keeps some columns of a tile.
     *
     * @param panel {@code [columns, TILE]}
     */
    abstract void keep(float[] panel, int columns, int at, int stride);

    /** Copies some of the numbers to the same places of {@code into}, which is in native order. */
    abstract void copy(int first, int count, ByteBuffer into);

    /**
     * Puts output {@code firstRow + i} of column {@code c} at
     * {@code c * stride + at + i}. Zeros fill the last tile up.
     *
     * @param firstRow first output, a multiple of {@link #TILE}
     * @param rows outputs; rounded up to whole tiles they must end before {@code stride}
     */
    public void put(Matrix matrix, int firstRow, int rows, int at, int stride) {
        int tiles = (rows + TILE - 1) / TILE;
        if (firstRow % TILE != 0 || firstRow + rows > matrix.rows() || at + tiles * TILE > stride) {
            throw new IllegalArgumentException("outputs %d to %d of %d do not fit a stride of %d from %d on"
                    .formatted(firstRow, firstRow + rows, matrix.rows(), stride, at));
        }
        reserve(Math.multiplyExact(matrix.columns(), stride));
        team.run((part, parts) -> {
            for (int tile = tiles * part / parts; tile < tiles * (part + 1) / parts; tile++) {
                putTile((TiledMatrix) matrix, firstRow / TILE + tile, panels[part], at + tile * TILE, stride);
            }
        });
    }

    private void putTile(TiledMatrix matrix, int tile, float[] panel, int at, int stride) {
        for (int column = 0; column < matrix.columns(); column += Panel.COLUMNS) {
            int columns = Math.min(Panel.COLUMNS, matrix.columns() - column);
            matrix.numbers(tile, column, columns, panel);
            keep(panel, columns, at + column * stride, stride);
        }
    }

    /**
     * Copies what was put, in native order.
     *
     * @param count numbers: columns times stride
     */
    public void copy(int count, ByteBuffer into) {
        ByteBuffer target = into.duplicate().order(ByteOrder.nativeOrder());
        team.run((part, parts) -> {
            int first = (int) ((long) count * part / parts);
            int last = (int) ((long) count * (part + 1) / parts);
            copy(first, last - first, target);
        });
    }
}
