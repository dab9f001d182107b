package dev.paddock.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
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
                for (Unpacking unpacking : List.of(Unpacking.toBfloat16(team), Unpacking.toFloats(team))) {
                    assertUnpacked(unpacking, known, 0, rows);
                    assertUnpacked(unpacking, known, Unpacking.TILE, rows - Unpacking.TILE);
                }
            }
        }
    }

    private static void assertUnpacked(Unpacking unpacking, KnownMatrix known, int firstRow, int rows) {
        int stride = AT + 4 * Unpacking.TILE;
        ByteBuffer into = ByteBuffer.allocateDirect(4 * COLUMNS * stride).order(ByteOrder.nativeOrder());
        unpacking.put(known.matrix(), firstRow, rows, AT, stride);
        unpacking.copy(COLUMNS * stride, into);
        for (int column = 0; column < COLUMNS; column++) {
            for (int row = 0; row < rows; row++) {
                float value = known.value(firstRow + row, column);
                assertThat(read(unpacking, into, column * stride + AT + row))
                        .as("column %d, row %d", column, row)
                        .isEqualTo(unpacking instanceof BfloatUnpacking ? bfloat16(value) : value);
            }
            assertThat(Math.abs(read(unpacking, into, column * stride + AT + rows)))
                    .isZero();
        }
    }

    private static float read(Unpacking unpacking, ByteBuffer from, int place) {
        return unpacking instanceof BfloatUnpacking
                ? Float.intBitsToFloat(from.getShort(2 * place) << 16)
                : from.getFloat(4 * place);
    }

    /** By the definition: the nearer of both neighbours, the even one of two equally near. */
    private static float bfloat16(float value) {
        int below = Float.floatToRawIntBits(value) >>> 16;
        double down = Float.intBitsToFloat(below << 16);
        double up = Float.intBitsToFloat((below + 1) << 16);
        double half = Math.abs(value - down) - Math.abs(up - value);
        return (float) (half > 0 || (half == 0 && below % 2 == 1) ? up : down);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 64})
    void whatDoesNotFitIsRefused(int firstRow) {
        Matrix matrix = Matrix.fp32(3, 2, (row, into) -> {});
        try (Team team = new Team(1)) {
            assertThatThrownBy(() -> Unpacking.toFloats(team).put(matrix, firstRow, 3, 0, Unpacking.TILE))
                    .hasMessageContaining("outputs " + firstRow);
        }
    }
}
