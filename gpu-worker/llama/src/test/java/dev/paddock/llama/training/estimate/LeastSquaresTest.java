package dev.paddock.llama.training.estimate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class LeastSquaresTest {
    @Test
    void findsTheFactors() {
        double[][] rows = {{1, 0.5}, {0.2, 1.3}, {0.8, 0.7}};
        double[] truth = {0.6, 0.8};
        for (double[] row : rows) {
            double sum = row[0] * truth[0] + row[1] * truth[1];
            row[0] /= sum;
            row[1] /= sum;
        }
        double[] found = LeastSquares.solve(rows);
        assertThat(found[0]).isCloseTo(truth[0], within(1e-9));
        assertThat(found[1]).isCloseTo(truth[1], within(1e-9));
    }

    @Test
    void factorsAreNeverNegative() {
        // without the bound the best factors are 2 and -1
        double[] found = LeastSquares.solve(new double[][] {{1, 1}, {0.5, 0}});
        assertThat(found[1]).isZero();
        assertThat(found[0]).isCloseTo(1.2, within(1e-9));
    }
}
