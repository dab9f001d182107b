package dev.paddock.llama.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Numbers written and read without libtorch's operators are those that its own conversion gives, to the bit. */
final class TensorMemoryTest {
    @Test
    void numbersAreRoundedAsLibtorchRoundsThem() {
        float[] values = new float[3 * 2000];
        Random random = new Random(3);
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (random.nextGaussian() * Math.pow(10, random.nextInt(9) - 4));
        }
        values[0] = 0x1.01p0f;
        values[1] = 0x1.03p0f;
        values[2] = -0f;
        values[4100] = Float.NEGATIVE_INFINITY;
        values[5000] = Float.MAX_VALUE;
        try (TensorScope scope = TensorScope.open()) {
            for (ScalarType type : new ScalarType[] {ScalarType.BFLOAT16, ScalarType.FLOAT32}) {
                NDArray converted = Tensors.convert(scope, Tensors.floats(scope, values, 3, 2000), type);
                NDArray written = Tensors.zeros(scope, type, 3, 2000);
                TensorMemory.of(written).write(values);
                assertThat(Tensors.toFloats(written)).isEqualTo(Tensors.toFloats(converted));
                assertThat(TensorMemory.of(converted).floats()).isEqualTo(Tensors.toFloats(converted));
            }
        }
    }

    /** Rounding must not carry a NaN over into a number. */
    @Test
    void whatIsNoNumberStaysNone() {
        float[] values = new float[40];
        values[3] = Float.intBitsToFloat(0x7FFFFFFF);
        values[39] = Float.NaN;
        try (TensorScope scope = TensorScope.open()) {
            NDArray written = Tensors.zeros(scope, ScalarType.BFLOAT16, 40);
            TensorMemory.of(written).write(values);
            assertThat(Tensors.toFloats(written)).isEqualTo(values);
        }
    }

    @Test
    void aWriterGoesOnWhereItStopped() {
        try (TensorScope scope = TensorScope.open()) {
            for (ScalarType type : new ScalarType[] {ScalarType.BFLOAT16, ScalarType.FLOAT32}) {
                NDArray written = Tensors.zeros(scope, type, 6);
                TensorMemory.Writer writer = TensorMemory.of(written).writer();
                writer.put(new float[] {1, 2, 9}, 2);
                writer.skip(1);
                writer.put(new float[] {4}, 1);
                assertThat(Tensors.toFloats(written)).containsExactly(1, 2, 0, 4, 0, 0);
            }
        }
    }

    @Test
    void whatDoesNotFitIsRefused() {
        try (TensorScope scope = TensorScope.open()) {
            NDArray whole = Tensors.longs(scope, new long[] {1, 2}, 2);
            assertThatThrownBy(() -> TensorMemory.of(whole).floats()).hasMessageContaining("INT64");
            TensorMemory two = TensorMemory.of(Tensors.zeros(scope, ScalarType.FLOAT32, 2));
            assertThatThrownBy(() -> two.write(new float[3])).hasMessage("3 numbers for a tensor of 2");
        }
    }
}
