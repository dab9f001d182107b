package dev.paddock.llama.quantization.posttraining;

import java.util.stream.IntStream;

/** Every weight to the nearest number of its group, without looking at data. */
final class NearestRounding {
    private NearestRounding() {}

    /** @param weights {@code [rows, columns]}, rows first */
    static CodedMatrix quantize(float[] weights, int rows, int columns, Grid grid) {
        CodedMatrix coded = new CodedMatrix(grid, rows, columns);
        IntStream.range(0, rows).parallel().forEach(row -> round(coded, row, weights));
        return coded;
    }

    private static void round(CodedMatrix coded, int row, float[] weights) {
        double[] own = row(weights, row, coded.columns());
        int width = coded.grid().width(own.length);
        for (int column = 0; column < own.length; column++) {
            if (column % width == 0) {
                coded.fit(row, column, own);
            }
            coded.round(row, column, own[column]);
        }
    }

    static double[] row(float[] weights, int row, int columns) {
        double[] own = new double[columns];
        for (int i = 0; i < columns; i++) {
            own[i] = weights[row * columns + i];
        }
        return own;
    }
}
