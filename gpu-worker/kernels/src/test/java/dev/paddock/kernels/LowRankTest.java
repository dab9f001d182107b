package dev.paddock.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LowRankTest {
    private final Random random = new Random(7);

    @ParameterizedTest
    @CsvSource({"1, 576, 1", "8, 1536, 3", "24, 576, 4", "7, 50, 2", "5, 3, 1"})
    void wideMatrixSumsAlongItsRows(int rank, int inputs, int count) {
        float[] weights = numbers(rank * inputs);
        Rows x = rows(count, inputs + 5);
        Rows y = Rows.allocate(count, rank + 1);
        new WideMatrix(rank, inputs, weights).multiply(x, count, y);
        for (int b = 0; b < count; b++) {
            for (int row = 0; row < rank; row++) {
                double sum = 0;
                for (int k = 0; k < inputs; k++) {
                    sum += (double) weights[row * inputs + k] * x.values()[x.at(b) + k];
                }
                assertThat(y.values()[y.at(b) + row]).isCloseTo((float) sum, within(1e-3f));
            }
            assertThat(y.values()[y.at(b) + rank]).isZero();
        }
    }

    @ParameterizedTest
    @CsvSource({"576, 8, 1", "192, 16, 4", "50, 3, 2", "1, 1, 1"})
    void tallMatrixAddsToWhatIsThereAndLeavesWhatIsBeyond(int outputs, int rank, int count) {
        float[] weights = numbers(outputs * rank);
        TallMatrix matrix =
                new TallMatrix(outputs, rank, (row, into) -> System.arraycopy(weights, row * rank, into, 0, rank));
        Rows x = rows(count, rank + 2);
        Rows y = rows(count, outputs + 3);
        float[] before = y.values().clone();
        matrix.add(x, count, y);
        for (int b = 0; b < count; b++) {
            for (int row = 0; row < y.stride(); row++) {
                double sum = before[y.at(b) + row];
                for (int k = 0; row < outputs && k < rank; k++) {
                    sum += (double) weights[row * rank + k] * x.values()[x.at(b) + k];
                }
                assertThat(y.values()[y.at(b) + row]).isCloseTo((float) sum, within(row < outputs ? 1e-4f : 0));
            }
        }
    }

    @Test
    void aRowGetsTheSameBitsAloneAndAmongOthers() {
        WideMatrix a = new WideMatrix(9, 100, numbers(900));
        float[] weights = numbers(70 * 9);
        TallMatrix b = new TallMatrix(70, 9, (row, into) -> System.arraycopy(weights, row * 9, into, 0, 9));
        Rows x = rows(6, 100);
        Rows inner = Rows.allocate(6, 9);
        Rows y = Rows.allocate(6, 70);
        a.multiply(x, 6, inner);
        b.add(inner, 6, y);
        for (int row = 0; row < 6; row++) {
            Rows alone = Rows.allocate(1, 9);
            Rows result = Rows.allocate(1, 70);
            a.multiply(x.from(row), 1, alone);
            b.add(alone, 1, result);
            assertThat(result.values()).containsExactly(Arrays.copyOfRange(y.values(), y.at(row), y.at(row) + 70));
        }
    }

    @Test
    void numbersMustFitTheShape() {
        assertThatThrownBy(() -> new WideMatrix(2, 3, new float[5]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("5 numbers for 2 rows of 3 columns");
        assertThatThrownBy(() -> new TallMatrix(0, 3, (row, into) -> {}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a matrix of 0 rows and 3 columns");
    }

    private Rows rows(int count, int stride) {
        return new Rows(numbers(count * stride), 0, stride);
    }

    private float[] numbers(int count) {
        float[] numbers = new float[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = (float) random.nextGaussian();
        }
        return numbers;
    }
}
