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
        new WideMatrix(rank, new Rows(weights, 0, inputs)).multiply(x, count, y);
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
        TallMatrix matrix = tall(outputs, rank, weights);
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
        WideMatrix a = new WideMatrix(9, new Rows(numbers(900), 0, 100));
        float[] weights = numbers(70 * 9);
        TallMatrix b = tall(70, 9, weights);
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
        assertThatThrownBy(() -> new WideMatrix(2, new Rows(new float[6], 1, 3)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("2 rows of 3 columns from number 1 of 6");
        assertThatThrownBy(() -> new TallMatrix(0, Rows.allocate(64, 3), (row, into) -> {}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("0 rows of 3 columns from number 0 of 192");
        assertThatThrownBy(() -> new TallMatrix(33, Rows.allocate(33, 3), (row, into) -> {}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("33 rows of 3 columns from number 0 of 99");
    }

    /** With other numbers around its own, whose last tile nobody cleared. */
    private static TallMatrix tall(int outputs, int rank, float[] weights) {
        float[] memory = new float[5 + TallMatrix.height(outputs) * rank + 1];
        Arrays.fill(memory, Float.NaN);
        return new TallMatrix(
                outputs,
                new Rows(memory, 5, rank),
                (row, into) -> System.arraycopy(weights, row * rank, into, 0, rank));
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
