package dev.paddock.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

@EnabledIf(value = "dev.paddock.kernels.Kernels#available", disabledReason = "vectors of 256 bits are missing")
class CodedBlocksTest {
    private static final int BLOCKS = 37;
    private final Random random = new Random(4);
    private final float[] code = numbers(16);
    private final float[] scales = numbers(BLOCKS);
    private final byte[] packed = new byte[BLOCKS * CodedBlocks.BLOCK / 2];
    private final CodedBlocks coded = new CodedBlocks(code);

    @Test
    void floatsAreTheProductsToTheBit() {
        random.nextBytes(packed);
        float[] values = new float[BLOCKS * CodedBlocks.BLOCK];
        coded.toFloats(packed, scales, BLOCKS, values);
        for (int i = 0; i < values.length; i++) {
            assertThat(values[i]).isEqualTo(expected(i));
        }
    }

    @Test
    void bfloatsAreTheNearestOnesTiesToEven() {
        random.nextBytes(packed);
        for (int i = 0; i < code.length; i++) {
            code[i] = Float.intBitsToFloat(0x3F008000 + (i << 16)); // half way between two bfloat16 numbers
        }
        scales[0] = 1;
        short[] values = new short[BLOCKS * CodedBlocks.BLOCK];
        new CodedBlocks(code).toBfloat16(packed, scales, BLOCKS, values);
        for (int i = 0; i < values.length; i++) {
            float exact = expected(i);
            float rounded = Float.intBitsToFloat(values[i] << 16);
            float unit = Float.intBitsToFloat((Float.floatToRawIntBits(exact) & 0x7F800000) - (7 << 23));
            float distance = Math.abs(rounded - exact);
            assertThat(distance).isLessThanOrEqualTo(unit / 2);
            assertThat(distance < unit / 2 || (values[i] & 1) == 0).isTrue();
        }
    }

    @Test
    void aBookOfAnotherSizeIsRefused() {
        assertThatThrownBy(() -> new CodedBlocks(new float[8])).hasMessageContaining("8 numbers");
    }

    private float expected(int i) {
        int place = (packed[i / 2] >> (i % 2 == 0 ? 4 : 0)) & 0xF;
        return code[place] * scales[i / CodedBlocks.BLOCK];
    }

    private float[] numbers(int count) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }
}
