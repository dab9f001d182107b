package dev.paddock.llama.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import dev.paddock.llama.torch.ScalarType;
import dev.paddock.llama.torch.ScriptModule;
import dev.paddock.llama.torch.TensorScope;
import dev.paddock.llama.torch.Tensors;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The head's loss and gradients against torch's, by {@code benchmarks/reference/smoothing_reference.py}; within 1e-5. */
class LabelSmoothingTest {
    private static final ScriptModule KERNELS = TrainingKernels.load();
    private static final int ROWS = 5;
    private static final int WIDTH = 6;
    private static final int VOCABULARY = 11;
    private static final int LOGIT_ROWS = 2;

    static Stream<JsonNode> figures() throws IOException {
        try (var file = LabelSmoothingTest.class.getResourceAsStream("smoothing/figures.json")) {
            return JsonMapper.shared().readTree(Objects.requireNonNull(file)).valueStream();
        }
    }

    @ParameterizedTest
    @MethodSource("figures")
    void lossAndGradientsAreTorchs(JsonNode expected) {
        try (TensorScope scope = TensorScope.open()) {
            float[] norm = numbers(1, WIDTH, 3, 1);
            for (int i = 0; i < WIDTH; i++) {
                norm[i] += 1;
            }
            NDArray normGradient = Tensors.zeros(scope, ScalarType.FLOAT32, WIDTH);
            NDArray outputGradient = Tensors.zeros(scope, ScalarType.FLOAT32, VOCABULARY, WIDTH);
            List<NDArray> result = KERNELS.tensors(
                    scope,
                    "head",
                    Tensors.floats(scope, numbers(ROWS, WIDTH, 5, 1), ROWS, WIDTH),
                    Tensors.longs(scope, new long[] {0, 1, 2, 3, 4}, ROWS),
                    Tensors.longs(scope, new long[] {3, 0, 10, 3, 7}, ROWS),
                    Tensors.floats(scope, new float[] {1, 0.25f, 2, 1, 0.5f}, ROWS),
                    Tensors.floats(scope, norm, WIDTH),
                    Tensors.floats(scope, numbers(VOCABULARY, WIDTH, 9, 3), VOCABULARY, WIDTH),
                    normGradient,
                    outputGradient,
                    1e-5,
                    LOGIT_ROWS,
                    expected.path("smoothing").asDouble());
            assertThat(result.get(0).toDoubleArray()[0])
                    .isCloseTo(expected.path("loss").asDouble(), within(1e-5));
            assertClose(result.get(1), expected.path("hidden"));
            assertClose(normGradient, expected.path("norm"));
            assertClose(outputGradient, expected.path("output"));
        }
    }

    private static float[] numbers(int rows, int columns, int factor, int scale) {
        float[] numbers = new float[rows * columns];
        for (int i = 0; i < numbers.length; i++) {
            int place = (i / columns * factor + i % columns * 7) % 13;
            numbers[i] = (float) (scale * (place / 13.0 - 0.5));
        }
        return numbers;
    }

    private static void assertClose(NDArray actual, JsonNode expected) {
        float[] values = actual.toFloatArray();
        assertThat(values).hasSize(expected.size());
        for (int i = 0; i < values.length; i++) {
            assertThat((double) values[i]).isCloseTo(expected.path(i).asDouble(), within(1e-5));
        }
    }
}
