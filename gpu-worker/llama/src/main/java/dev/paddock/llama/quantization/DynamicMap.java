package dev.paddock.llama.quantization;

import java.util.Arrays;

/**
 * 256 numbers in [-1, 1] or [0, 1], denser towards zero: an exponent of changing length leaves the other bits to a linear fraction
 * (Dettmers 2016, arXiv:1511.04561), as bitsandbytes' {@code create_dynamic_map} has them.
 */
public final class DynamicMap {
    /** Numbers of both signs, for first moments and the scales of NF4. */
    public static final DynamicMap SIGNED = new DynamicMap(true);
    /** Numbers that are not negative, for second moments. */
    public static final DynamicMap UNSIGNED = new DynamicMap(false);

    private static final int EXPONENTS = 7;
    private static final int STEPS = 1 << 16;
    private static final float LAST_STEP = STEPS - 1;

    private final float[] numbers;
    /** Code of each of 65,536 equal steps from -1 to 1. */
    private final byte[] codes;

    private DynamicMap(boolean signed) {
        numbers = numbers(signed);
        codes = codes(numbers);
    }

    /** The number of a code, of which the lowest eight bits count. */
    public float number(byte code) {
        return numbers[code & 0xFF];
    }

    /** All 256 numbers, ascending. */
    float[] numbers() {
        return numbers.clone();
    }

    /**
     * The code of a number in [-1, 1], others being taken as the nearest of these. The number is rounded to one of 65,536 steps
     * first and then to the nearest of the map, the lower one on a border, as bitsandbytes does on processors: zero, which lies
     * between two steps, becomes the smallest step's number.
     */
    public byte code(float value) {
        float within = value < -1 ? -1 : value > 1 ? 1 : value;
        int step = (int) Math.fma((within + 1) * 0.5f, LAST_STEP, 0.5f);
        return codes[step];
    }

    private static float[] numbers(boolean signed) {
        float[] numbers = new float[256];
        int count = 0;
        for (int exponent = 0; exponent < EXPONENTS; exponent++) {
            float scale = (float) Math.pow(10, exponent - (EXPONENTS - 1));
            int fractions = 1 << (signed ? exponent : exponent + 1);
            float[] ends = linear(fractions + 1);
            for (int i = 0; i < fractions; i++) {
                float number = scale * ((ends[i] + ends[i + 1]) / 2);
                numbers[count++] = number;
                if (signed) {
                    numbers[count++] = -number;
                }
            }
        }
        numbers[count++] = 0;
        numbers[count] = 1;
        Arrays.sort(numbers);
        return numbers;
    }

    /** {@code torch.linspace(0.1, 1, count)}: from both ends, each number rounded once. */
    private static float[] linear(int count) {
        float step = (1 - 0.1f) / (count - 1);
        float[] numbers = new float[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = i < count / 2 ? Math.fma(step, i, 0.1f) : Math.fma(-step, count - 1 - i, 1);
        }
        return numbers;
    }

    private static byte[] codes(float[] numbers) {
        byte[] codes = new byte[STEPS];
        int code = 0;
        for (int step = 0; step < STEPS; step++) {
            float value = step * 2f / LAST_STEP - 1;
            while (code < numbers.length - 1 && value > (numbers[code] + numbers[code + 1]) * 0.5f) {
                code++;
            }
            codes[step] = (byte) code;
        }
        return codes;
    }
}
