package dev.paddock.llama.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DenseProductsTest {
    private static final int N = 5;
    private static final int[][] SHAPES = {{12, 7}, {7, 12}, {8, 8}, {1, 3}};

    @Test
    void oneDnnIsForProcessorsOfAmd() {
        assertThat(DenseProducts.on(new Processor("AMD EPYC 9R14", List.of("avx512f"))))
                .isEqualTo(DenseProducts.ONEDNN);
        assertThat(DenseProducts.on(new Processor("Intel(R) Xeon(R) Platinum 8488C", List.of())))
                .isEqualTo(DenseProducts.MKL);
        assertThat(DenseProducts.on(new Processor("amd64", List.of()))).isEqualTo(DenseProducts.MKL);
    }

    @ParameterizedTest
    @EnumSource
    void bothProductsAreSumsOverTheirCommonSize(DenseProducts products) {
        try (ScriptModule kernels = loaded(products)) {
            for (ScalarType type : List.of(ScalarType.FLOAT32, ScalarType.BFLOAT16)) {
                for (int[] shape : SHAPES) {
                    assertProducts(kernels, type, shape[0], shape[1]);
                }
            }
        }
    }

    private static ScriptModule loaded(DenseProducts products) {
        try {
            return ScriptModule.load(products.text());
        } catch (ScriptException e) {
            Assumptions.assumeTrue(
                    products == DenseProducts.on(Processor.ofThisMachine()),
                    "libtorch of this platform has no oneDNN: " + e.getMessage());
            throw e;
        }
    }

    private static void assertProducts(ScriptModule kernels, ScalarType type, int outputs, int inputs) {
        Random random = new Random(3);
        try (TensorScope scope = TensorScope.open()) {
            NDArray x = random(scope, random, type, N, inputs);
            NDArray w = random(scope, random, type, outputs, inputs);
            NDArray dy = random(scope, random, type, N, outputs);
            float[] y = Tensors.toFloats(kernels.tensor(scope, "dense", x, w));
            float[] dx = Tensors.toFloats(kernels.tensor(scope, "dense_backward", dy, w));
            float[] xs = Tensors.toFloats(x);
            float[] ws = Tensors.toFloats(w);
            float[] dys = Tensors.toFloats(dy);
            double tolerance = type == ScalarType.FLOAT32 ? 1e-6 : 1e-2;
            assertThat(y).hasSize(N * outputs);
            assertThat(dx).hasSize(N * inputs);
            for (int n = 0; n < N; n++) {
                double[] gradient = new double[inputs];
                for (int o = 0; o < outputs; o++) {
                    double sum = 0;
                    for (int i = 0; i < inputs; i++) {
                        sum += (double) xs[n * inputs + i] * ws[o * inputs + i];
                        gradient[i] += (double) dys[n * outputs + o] * ws[o * inputs + i];
                    }
                    assertThat((double) y[n * outputs + o]).isCloseTo(sum, within(tolerance));
                }
                for (int i = 0; i < inputs; i++) {
                    assertThat((double) dx[n * inputs + i]).isCloseTo(gradient[i], within(tolerance));
                }
            }
        }
    }

    private static NDArray random(TensorScope scope, Random random, ScalarType type, int rows, int columns) {
        float[] values = new float[rows * columns];
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextFloat() - 0.5f;
        }
        return Tensors.convert(scope, Tensors.floats(scope, values, rows, columns), type);
    }
}
