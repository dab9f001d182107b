package dev.paddock.llama.training.estimate;

import java.util.Arrays;

/** Non-negative least squares by coordinate descent (Franc, Hlavac and Navara 2005, "Sequential coordinate-wise algorithm"). */
final class LeastSquares {
    private static final int SWEEPS = 20_000;

    private LeastSquares() {}

    /**
     * The factors at least 0 with which the rows' sums come nearest to 1.
     *
     * @param rows one for each equation; none empty, every column with a number that is not 0
     */
    static double[] solve(double[][] rows) {
        int columns = rows[0].length;
        double[] factors = new double[columns];
        double[] rest = new double[rows.length];
        Arrays.fill(rest, 1);
        for (int sweep = 0; sweep < SWEEPS; sweep++) {
            for (int column = 0; column < columns; column++) {
                improve(rows, factors, rest, column);
            }
        }
        return factors;
    }

    private static void improve(double[][] rows, double[] factors, double[] rest, int column) {
        double product = 0;
        double square = 0;
        for (int row = 0; row < rows.length; row++) {
            product += rows[row][column] * rest[row];
            square += rows[row][column] * rows[row][column];
        }
        double better = square == 0 ? 0 : Math.max(0, factors[column] + product / square);
        for (int row = 0; row < rows.length; row++) {
            rest[row] -= rows[row][column] * (better - factors[column]);
        }
        factors[column] = better;
    }
}
