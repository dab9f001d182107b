package dev.paddock.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@EnabledIf(value = "dev.paddock.kernels.Kernels#available", disabledReason = "vectors of 256 bits are missing")
final class SplitRowTest {
    /** Half a step of the low row, and what fp32 loses. */
    private static final double ERROR = 0.51 / 254 / 127;

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 16, 33, 576})
    void bothRowsTogetherAreWithinHalfAStep(int width) {
        Random random = new Random(width);
        float[] x = new float[width + 3];
        float most = 0;
        for (int i = 0; i < width; i++) {
            x[3 + i] = (float) (random.nextGaussian() * Math.exp(random.nextGaussian()));
            most = Math.max(most, Math.abs(x[3 + i]));
        }
        x[0] = 1e9f;
        byte[] high = new byte[width];
        byte[] low = new byte[width];
        float scale = SplitRow.split(x, 3, width, high, low);
        assertThat(scale).isCloseTo(most / 127, within(most * 1e-7f));
        for (int i = 0; i < width; i++) {
            double joined = scale * (integer(high[i]) + integer(low[i]) * (double) SplitRow.STEP);
            assertThat(joined).isCloseTo(x[3 + i], within(most * ERROR));
            assertThat(Math.abs(integer(high[i]))).isLessThanOrEqualTo(127);
            assertThat(Math.abs(integer(low[i]))).isLessThanOrEqualTo(127);
        }
    }

    @Test
    void zerosStayZeros() {
        byte[] high = new byte[40];
        byte[] low = new byte[40];
        assertThat(SplitRow.split(new float[40], 0, 40, high, low)).isEqualTo(1);
        assertThat(high).containsOnly(SplitRow.ZERO);
        assertThat(low).containsOnly(SplitRow.ZERO);
    }

    @Test
    void numbersWhoseScaleHasNoInverseBecomeZeros() {
        float[] x = new float[40];
        x[3] = Float.MIN_VALUE;
        x[39] = -Float.MIN_NORMAL;
        byte[] high = new byte[40];
        byte[] low = new byte[40];
        assertThat(SplitRow.split(x, 0, 40, high, low)).isEqualTo(1);
        assertThat(high).containsOnly(SplitRow.ZERO);
        assertThat(low).containsOnly(SplitRow.ZERO);
    }

    private static int integer(byte stored) {
        return Byte.toUnsignedInt(stored) - SplitRow.ZERO;
    }
}
