package dev.paddock.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UnpackingTest {
    private static final int COLUMNS = 192;
    private static final int AT = 5;

    @ParameterizedTest
    @ValueSource(strings = {"fp32", "bfloat16", "eightBit", "fourBit", "fourBitWithMinimum", "codeBook"})
    void numbersAreThoseOfTheMatrixRoundedAndTransposed(String kind) {
        int rows = 2 * Unpacking.TILE + 3;
        KnownMatrix known = KnownMatrix.of(kind, rows, COLUMNS, new Random(11));
        for (int threads : new int[] {1, 3}) {
            try (Team team = new Team(threads)) {
                assertUnpacked(new Unpacking(team), known, 0, rows);
                assertUnpacked(new Unpacking(team), known, Unpacking.TILE, rows - Unpacking.TILE);
            }
        }
    }

    private static void assertUnpacked(Unpacking unpacking, KnownMatrix known, int firstRow, int rows) {
        int stride = AT + 4 * Unpacking.TILE;
        ByteBuffer into = ByteBuffer.allocateDirect(2 * COLUMNS * stride).order(ByteOrder.nativeOrder());
        unpacking.put(known.matrix(), firstRow, rows, AT, stride);
        unpacking.copy(COLUMNS * stride, into);
        for (int column = 0; column < COLUMNS; column++) {
            for (int row = 0; row < rows; row++) {
                assertThat(into.getShort(2 * (column * stride + AT + row)))
                        .as("column %d, row %d", column, row)
                        .isEqualTo(bfloat16(known.value(firstRow + row, column)));
            }
            int magnitude = into.getShort(2 * (column * stride + AT + rows)) & 0x7FFF;
            assertThat(magnitude).isZero();
        }
    }

    /** By the definition: the nearer of both neighbours, the even one of two equally near. */
    private static short bfloat16(float value) {
        int below = Float.floatToRawIntBits(value) >>> 16;
        double down = Float.intBitsToFloat(below << 16);
        double up = Float.intBitsToFloat((below + 1) << 16);
        double half = Math.abs(value - down) - Math.abs(up - value);
        return (short) (half > 0 || (half == 0 && below % 2 == 1) ? below + 1 : below);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 64})
    void whatDoesNotFitIsRefused(int firstRow) {
        Matrix matrix = Matrix.fp32(3, 2, (row, into) -> {});
        try (Team team = new Team(1)) {
            assertThatThrownBy(() -> new Unpacking(team).put(matrix, firstRow, 3, 0, Unpacking.TILE))
                    .hasMessageContaining("outputs " + firstRow);
        }
    }
}
