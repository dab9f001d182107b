package dev.paddock.llama.quantization.posttraining;

import dev.paddock.llama.weights.Float16;
import dev.paddock.llama.weights.TensorType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** A matrix {@code [rows, columns]} of codes with the scales of its groups. Different rows may be filled by different threads. */
public final class CodedMatrix {
    private static final int HALF = Grid.BLOCK / 2;

    private final Grid grid;
    private final int rows;
    private final int columns;
    private final byte[] codes;
    /** By row and group; minimums stay 0 where the grid has none. */
    private final float[] scales;

    private final float[] minimums;
    private final int groups;

    /** @throws IllegalArgumentException for rows that no blocks of 32 fill */
    CodedMatrix(Grid grid, int rows, int columns) {
        if (columns % Grid.BLOCK != 0) {
            throw new IllegalArgumentException(
                    "a matrix of " + columns + " columns cannot be quantized; blocks of 32 must fill its rows");
        }
        this.grid = grid;
        this.rows = rows;
        this.columns = columns;
        groups = (columns + grid.width(columns) - 1) / grid.width(columns);
        codes = new byte[Math.multiplyExact(rows, columns)];
        scales = new float[rows * groups];
        minimums = new float[rows * groups];
    }

    int rows() {
        return rows;
    }

    int columns() {
        return columns;
    }

    Grid grid() {
        return grid;
    }

    /**
     * Takes scale and minimum of a group from the extremes of its weights.
     *
     * @param weights a row
     * @param first the group's first column
     */
    void fit(int row, int first, double[] weights) {
        int end = Math.min(columns, first + grid.width(columns));
        double least = weights[first];
        double most = weights[first];
        for (int i = first; i < end; i++) {
            least = Math.min(least, weights[i]);
            most = Math.max(most, weights[i]);
        }
        int group = group(row, first);
        double range = grid.hasMinimum() ? most - least : Math.max(most, -least);
        scales[group] = half(range / grid.largestCode());
        minimums[group] = grid.hasMinimum() ? half(least) : 0;
    }

    private static float half(double number) {
        return Float16.fromHalf(Float16.toHalf((float) number) & 0xFFFF);
    }

    /** Keeps the code of the number nearest to {@code weight} and gives that number. */
    double round(int row, int column, double weight) {
        int group = group(row, column);
        double scale = scales[group];
        double place = scale == 0 ? 0 : Math.rint((weight - minimums[group]) / scale);
        int most = grid.largestCode();
        int code = (int) Math.max(grid.hasMinimum() ? 0 : -most, Math.min(most, place));
        codes[row * columns + column] = (byte) code;
        return value(row, column);
    }

    /** The number that a code stands for, to the bit as a reader of the file has it. */
    float value(int row, int column) {
        int group = group(row, column);
        return codes[row * columns + column] * scales[group] + minimums[group];
    }

    /** All numbers, rows first. */
    float[] values() {
        float[] values = new float[codes.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = value(i / columns, i % columns);
        }
        return values;
    }

    private int group(int row, int column) {
        return row * groups + column / grid.width(columns);
    }

    /** Rows as blocks of {@link Grid#container}. */
    ByteBuffer blocks(int first, int count) {
        TensorType type = grid.container();
        ByteBuffer blocks = ByteBuffer.allocate(Math.toIntExact(type.bytes((long) count * columns)))
                .order(ByteOrder.LITTLE_ENDIAN);
        for (int at = first * columns; at < (first + count) * columns; at += Grid.BLOCK) {
            int group = group(at / columns, at % columns);
            blocks.putShort(Float16.toHalf(scales[group]));
            if (grid.hasMinimum()) {
                blocks.putShort(Float16.toHalf(minimums[group]));
                for (int i = at; i < at + HALF; i++) {
                    blocks.put((byte) (codes[i] | codes[i + HALF] << 4));
                }
            } else {
                blocks.put(codes, at, Grid.BLOCK);
            }
        }
        return blocks.flip();
    }
}
