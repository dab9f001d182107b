package dev.paddock.kernels;

/**
 * Rows of numbers in an array.
 *
 * @param values holds them
 * @param first where the first row begins
 * @param stride from one row's beginning to the next one's
 */
@SuppressWarnings("ArrayRecordComponent")
public record Rows(float[] values, int first, int stride) {
    /** Fresh rows of zeros. */
    public static Rows allocate(int rows, int stride) {
        return new Rows(new float[Math.multiplyExact(rows, stride)], 0, stride);
    }

    /** Where a row begins. */
    public int at(int row) {
        return first + row * stride;
    }

    /** The rows from {@code row} on. */
    public Rows from(int row) {
        return row == 0 ? this : new Rows(values, at(row), stride);
    }

    /** The same rows without their first {@code columns} numbers. */
    public Rows shifted(int columns) {
        return columns == 0 ? this : new Rows(values, first + columns, stride);
    }
}
