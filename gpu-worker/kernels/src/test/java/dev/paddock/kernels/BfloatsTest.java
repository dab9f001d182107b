package dev.paddock.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BfloatsTest {
    private static final int ALL = 1 << 16;

    /** Infinities, numbers next to them that round to them, subnormals and NaNs among them. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 0x7FFF, 0x8000, 0x8001, 0xFFFF})
    void numbersOfEveryUpperHalfAreRoundedAsOneIs(int lower) {
        float[] numbers = new float[ALL + 5];
        for (int upper = 0; upper < ALL; upper++) {
            numbers[upper + 3] = Float.intBitsToFloat(upper << 16 | lower);
        }
        short[] rounded = new short[ALL];
        Bfloats.round(numbers, 3, rounded, ALL - 1);
        for (int upper = 0; upper < ALL - 1; upper++) {
            float number = numbers[upper + 3];
            assertThat(rounded[upper]).as("%x", upper).isEqualTo((short) Bfloats.round(number));
            assertThat(Float.isNaN(Bfloats.load(rounded[upper]))).isEqualTo(Float.isNaN(number));
        }
        assertThat(rounded[ALL - 1]).isZero();
    }
}
