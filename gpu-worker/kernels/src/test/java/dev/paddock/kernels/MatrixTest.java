package dev.paddock.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MatrixTest {
    /** A kind of numbers with a shape that does not fill tiles, panels or pairs. */
    record Case(String kind, int rows, int columns) {}

    static Stream<Case> cases() {
        return Stream.of(
                new Case("fp32", 37, 131),
                new Case("fp32", 1, 1),
                new Case("bfloat16", 101, 258),
                new Case("bfloat16", 96, 64),
                new Case("eightBit", 77, 160),
                new Case("fourBit", 131, 288),
                new Case("fourBitWithMinimum", 203, 416),
                new Case("fourBitWithMinimum", 5, 32),
                new Case("fourBitWithMinimum", 33, 4160),
                new Case("codeBook", 101, 448),
                new Case("codeBook", 16, 128),
                new Case("codeBook", 3, 64));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void productsEqualPlainOnesOfTheSameNumbers(Case shape) {
        Random random = new Random(7);
        KnownMatrix known = KnownMatrix.of(shape.kind(), shape.rows(), shape.columns(), random);
        for (int threads : new int[] {1, 3}) {
            try (Team team = new Team(threads)) {
                Products products = new Products(team);
                for (int batch : new int[] {1, 2, 3, 5, 8, 32}) {
                    assertProducts(products, known, batch, random);
                    assertSameAlone(products, known.matrix(), batch, random);
                }
            }
        }
    }

    private static void assertProducts(Products products, KnownMatrix known, int batch, Random random) {
        Matrix matrix = known.matrix();
        Rows x = Rows.allocate(batch + 1, matrix.columns() + 3).from(1).shifted(2);
        Rows y = Rows.allocate(batch + 1, matrix.stride() + 5).from(1);
        for (int i = 0; i < x.values().length; i++) {
            x.values()[i] = (float) random.nextGaussian();
        }
        Arrays.fill(y.values(), 99);
        products.multiply(matrix, x, batch, y);
        for (int row = 0; row < batch; row++) {
            for (int output = 0; output < matrix.rows(); output++) {
                double expected = 0;
                double size = 0;
                for (int k = 0; k < matrix.columns(); k++) {
                    double term = (double) known.value(output, k) * x.values()[x.at(row) + k];
                    expected += term;
                    size += Math.abs(term);
                }
                assertThat((double) y.values()[y.at(row) + output])
                        .as("batch %d, row %d, output %d", batch, row, output)
                        .isCloseTo(expected, within(1e-6 * size + 1e-30));
            }
        }
        assertThat(y.values()[0]).isEqualTo(99);
    }

    /** To the bit. */
    private static void assertSameAlone(Products products, Matrix matrix, int batch, Random random) {
        Rows x = Rows.allocate(batch, matrix.columns());
        for (int i = 0; i < x.values().length; i++) {
            x.values()[i] = (float) random.nextGaussian();
        }
        Rows together = Rows.allocate(batch, matrix.stride());
        products.multiply(matrix, x, batch, together);
        for (int row = 0; row < batch; row++) {
            Rows alone = Rows.allocate(1, matrix.stride());
            products.multiply(matrix, x.from(row), 1, alone);
            assertThat(alone.values())
                    .as("row %d of %d", row, batch)
                    .containsExactly(Arrays.copyOfRange(together.values(), together.at(row), together.at(row + 1)));
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void rowsAreThoseOfTheSource(Case shape) {
        KnownMatrix known = KnownMatrix.of(shape.kind(), shape.rows(), shape.columns(), new Random(3));
        float[] row = new float[shape.columns() + 1];
        for (int i = 0; i < shape.rows(); i++) {
            known.matrix().row(i, row, 1);
            for (int k = 0; k < shape.columns(); k++) {
                assertThat(row[k + 1]).isEqualTo(known.value(i, k));
            }
        }
        assertThat(known.matrix().bytes()).isPositive();
    }

    @Test
    void everyFiniteHalfIsReadExactly() {
        for (int bits = 0; bits < 1 << 16; bits++) {
            int exponent = (bits >> 10) & 31;
            double magnitude =
                    exponent == 0 ? (bits & 1023) * 0x1p-24 : (1024 + (bits & 1023)) * Math.pow(2, exponent - 25);
            if (exponent < 31) {
                assertThat((double) Halves.load((short) bits)).isEqualTo(bits < 1 << 15 ? magnitude : -magnitude);
                short[] lanes = new short[Lanes.COUNT];
                lanes[bits % lanes.length] = (short) bits;
                assertThat(Halves.load(lanes, 0).lane(bits % lanes.length)).isEqualTo(Halves.load((short) bits));
            }
            if (exponent < 27) {
                assertThat(Halves.load(Halves.times((short) bits, 4))).isEqualTo(16 * Halves.load((short) bits));
                assertThat(Halves.load(Halves.negative((short) bits))).isEqualTo(-Halves.load((short) bits));
            }
        }
    }

    @Test
    void whatDoesNotFitIsRefused() {
        assertThatThrownBy(() -> Matrix.fourBit(4, 48, (row, into) -> {})).hasMessageContaining("48 columns");
        assertThatThrownBy(() -> Matrix.codeBook(4, 96, new float[16], (row, into) -> {}))
                .hasMessageContaining("96 columns")
                .hasMessageContaining("multiple of 64");
        assertThatThrownBy(() -> Matrix.codeBook(4, 64, new float[15], (row, into) -> {}))
                .hasMessageContaining("15 numbers");
        assertThatThrownBy(() -> Matrix.bfloat16(4, 3, (row, into) -> {})).hasMessageContaining("3 columns");
        assertThatThrownBy(() -> Matrix.fp32(0, 4, (row, into) -> {})).hasMessageContaining("0 rows");
        try (Team team = new Team(1)) {
            Matrix matrix = Matrix.fp32(1, 1, (row, into) -> {});
            assertThatThrownBy(() -> new Products(team).multiply(matrix, Rows.allocate(33, 1), 33, Rows.allocate(1, 1)))
                    .hasMessageContaining("1 to 32");
        }
    }
}
