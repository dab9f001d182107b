package dev.paddock.kernels;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.ShortBuffer;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorOperators;

/**
 * Turns matrices into bfloat16 numbers {@code [columns, stride]} for those who multiply them with many rows: the outputs of a column
 * lie side by side, as they do in tiles. Matrices that read the same input may be put beside each other. For one caller.
 */
public final class Unpacking {
    /** Outputs of a tile: those of a whole number of tiles are written together. */
    public static final int TILE = TiledMatrix.TILE;

    private static final int L = Lanes.COUNT;
    private final Team team;
    private final float[][] panels;
    private short[] numbers = new short[0];

    public Unpacking(Team team) {
        this.team = team;
        panels = new float[team.parts()][Panel.COLUMNS * TILE];
    }

    /**
     * Rounds a matrix's finite numbers to nearest, ties to even, and puts output {@code firstRow + i} of column {@code c} at
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
        int size = Math.multiplyExact(matrix.columns(), stride);
        if (numbers.length < size) {
            numbers = new short[size];
        }
        team.run((part, parts) -> {
            for (int tile = tiles * part / parts; tile < tiles * (part + 1) / parts; tile++) {
                putTile((TiledMatrix) matrix, firstRow / TILE + tile, panels[part], at + tile * TILE, stride);
            }
        });
    }

    private void putTile(TiledMatrix matrix, int tile, float[] panel, int at, int stride) {
        for (int column = 0; column < matrix.columns(); column += Panel.COLUMNS) {
            int columns = Math.min(Panel.COLUMNS, matrix.columns() - column);
            matrix.expand(tile, column, columns, panel);
            round(panel, columns, numbers, at + column * stride, stride);
        }
    }

    private static void round(float[] panel, int columns, short[] into, int at, int stride) {
        int to = at;
        for (int from = 0; from < columns * TILE; from += TILE, to += stride) {
            round(panel, from).intoArray(into, to);
            round(panel, from + L).intoArray(into, to + L);
        }
    }

    private static ShortVector round(float[] panel, int from) {
        IntVector bits = FloatVector.fromArray(Lanes.FLOATS, panel, from).reinterpretAsInts();
        IntVector odd = bits.lanewise(VectorOperators.LSHR, 16).and(1);
        IntVector rounded = bits.add(odd).add(0x7FFF).lanewise(VectorOperators.LSHR, 16);
        return (ShortVector) rounded.convertShape(VectorOperators.I2S, Lanes.SHORTS, 0);
    }

    /**
     * Copies what was put, in native order.
     *
     * @param count numbers: columns times stride
     */
    public void copy(int count, ByteBuffer into) {
        ShortBuffer target = into.duplicate().order(ByteOrder.nativeOrder()).asShortBuffer();
        team.run((part, parts) -> {
            int first = (int) ((long) count * part / parts);
            int last = (int) ((long) count * (part + 1) / parts);
            target.put(first, numbers, first, last - first);
        });
    }
}
