package dev.paddock.llama.quantization.posttraining;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Weights one column after the other; what rounding a column adds to the output's error is taken back by the columns that are left
 * (GPTQ: Frantar et al. 2022, arXiv:2210.17323, algorithm 1). {@code U} is the upper Cholesky factor of the damped Hessian's
 * inverse, {@code e = (w_i − q_i) / U_ii}, {@code w_j −= e U_ij} for {@code j > i}.
 *
 * <p>A group's scale is fitted when its first column is reached, to weights that the columns before have changed; where columns go
 * in another order than the file's, to the weights as they were.
 */
final class Gptq {
    /** Rows that use a row of the factor while it is near. */
    private static final int ROWS = 8;

    private final Grid grid;
    private final double[] factor;
    private final int[] order;
    private final boolean[] dead;
    private final boolean ordered;

    /**
     * What the inputs say.
     *
     * @param factor {@code [columns, columns]}, rows first, in the order of {@code order}; not copied
     * @param order which column is rounded first, second, …
     * @param dead columns whose input is always 0; their weights become 0
     */
    Gptq(Grid grid, double[] factor, int[] order, boolean[] dead) {
        this.grid = grid;
        this.factor = factor;
        this.order = order.clone();
        this.dead = dead.clone();
        ordered = IntStream.range(0, order.length).allMatch(i -> order[i] == i);
    }

    /** @param weights {@code [rows, columns]}, rows first */
    CodedMatrix quantize(float[] weights, int rows) {
        CodedMatrix coded = new CodedMatrix(grid, rows, order.length);
        int parts = (rows + ROWS - 1) / ROWS;
        IntStream.range(0, parts).parallel().forEach(part -> {
            int first = part * ROWS;
            quantize(
                    coded,
                    first,
                    IntStream.range(first, Math.min(rows, first + ROWS))
                            .mapToObj(row -> living(weights, row))
                            .toArray(double[][]::new));
        });
        return coded;
    }

    private double[] living(float[] weights, int row) {
        double[] own = NearestRounding.row(weights, row, order.length);
        for (int i = 0; i < own.length; i++) {
            own[i] = dead[i] ? 0 : own[i];
        }
        return own;
    }

    private void quantize(CodedMatrix coded, int first, double[][] rows) {
        int width = grid.width(order.length);
        double[][] left = new double[rows.length][];
        for (int r = 0; r < rows.length; r++) {
            for (int column = 0; column < order.length && !ordered; column += width) {
                coded.fit(first + r, column, rows[r]);
            }
            double[] row = rows[r];
            left[r] = Arrays.stream(order).mapToDouble(column -> row[column]).toArray();
        }
        for (int i = 0; i < order.length; i++) {
            for (int r = 0; r < rows.length; r++) {
                if (ordered && i % width == 0) {
                    coded.fit(first + r, i, left[r]);
                }
                double rounded = coded.round(first + r, order[i], left[r][i]);
                spread(left[r], i, left[r][i] - rounded);
            }
        }
    }

    private void spread(double[] left, int from, double error) {
        int at = from * order.length;
        double share = error / factor[at + from];
        for (int j = from + 1; j < left.length; j++) {
            left[j] -= share * factor[at + j];
        }
    }
}
