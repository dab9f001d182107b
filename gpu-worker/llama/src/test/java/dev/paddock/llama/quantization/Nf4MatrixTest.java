package dev.paddock.llama.quantization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import dev.paddock.kernels.Kernels;
import dev.paddock.llama.tiny.TinyModelFiles;
import dev.paddock.llama.torch.ScalarType;
import dev.paddock.llama.torch.TensorScope;
import dev.paddock.llama.torch.Tensors;
import dev.paddock.llama.weights.ModelFiles;
import dev.paddock.llama.weights.WeightSource;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

class Nf4MatrixTest {
    private final TensorScope scope = TensorScope.open();

    @AfterEach
    void close() {
        scope.close();
    }

    static Stream<JsonNode> matrices() {
        return Figures.cases("matrices");
    }

    @ParameterizedTest
    @MethodSource("matrices")
    void everyBitIsThatOfBitsandbytes(JsonNode figures) {
        Nf4Matrix matrix = matrix(figures);
        Nf4Layout layout = matrix.layout();
        ByteBuffer stored = matrix.stored();
        Figures.assertEqual(figures, "packed", part(stored, 0, layout.codesAt()));
        Figures.assertEqual(figures, "codes", part(stored, layout.codesAt(), layout.nestedAt()));
        Figures.assertEqual(figures, "nested", part(stored, layout.nestedAt(), layout.offsetAt()));
        Figures.assertEqual(figures, "offset", part(stored, layout.offsetAt(), layout.bytes()));
        for (Expansion expansion : expansions()) {
            Figures.assertEqual(figures, "fp32", dequantized(matrix, ScalarType.FLOAT32, expansion));
            Figures.assertEqual(figures, "bfloat16", dequantized(matrix, ScalarType.BFLOAT16, expansion));
        }
    }

    private static List<Expansion> expansions() {
        return Kernels.available() ? List.of(new PlainExpansion(), Expansion.vectors()) : List.of(new PlainExpansion());
    }

    private Nf4Matrix matrix(JsonNode figures) {
        long rows = figures.get("rows").longValue();
        int columns = figures.get("columns").intValue();
        return matrix(rows, columns, Figures.values(figures, (int) rows * columns));
    }

    private Nf4Matrix matrix(long rows, int columns, float... values) {
        return Nf4Matrix.quantize(
                scope,
                rows,
                columns,
                (first, count, into) -> into.put(values, (int) first * columns, (int) count * columns));
    }

    private static byte[] part(ByteBuffer stored, int from, int to) {
        byte[] bytes = new byte[to - from];
        stored.get(from, bytes);
        return bytes;
    }

    /** Between a row before and one after, which stay as they are. */
    private static byte[] dequantized(Nf4Matrix matrix, ScalarType type, Expansion expansion) {
        try (TensorScope step = TensorScope.open();
                Nf4Dequantizer dequantizer = new Nf4Dequantizer(2, expansion)) {
            NDArray into = Tensors.zeros(step, type, matrix.rows() + 2, matrix.columns());
            matrix.dequantizeInto(into, 1, dequantizer);
            byte[] bytes = Tensors.toBytes(into).array();
            int row = (int) matrix.columns() * type.bytes();
            assertThat(Arrays.copyOf(bytes, row)).containsOnly(0);
            assertThat(Arrays.copyOfRange(bytes, bytes.length - row, bytes.length))
                    .containsOnly(0);
            return Arrays.copyOfRange(bytes, row, bytes.length - row);
        }
    }

    @Test
    void aMatrixTakesAtMost26HundredthsOfItsBfloat16Bytes() {
        Nf4Matrix matrix = matrix(576, 576, Figures.draw(1, 576 * 576));
        assertThat(matrix.bytes()).isLessThanOrEqualTo((long) (0.26 * 2 * 576 * 576));
        assertThat(matrix.stored().capacity()).isEqualTo((int) matrix.bytes());
    }

    @Test
    void numbersThatAreNotFiniteAreRefused() {
        assertThatThrownBy(() -> matrix(1, 3, 1, Float.NaN, 2)).hasMessageContaining("element 1 is NaN");
        assertThatThrownBy(() -> matrix(1, 1, Float.NEGATIVE_INFINITY)).hasMessageContaining("element 0 is -Infinity");
    }

    @Test
    void aTensorThatDoesNotFitIsRefused() {
        Nf4Matrix matrix = matrix(2, 3, 1, 2, 3, 4, 5, 6);
        try (Nf4Dequantizer dequantizer = new Nf4Dequantizer(1)) {
            NDArray small = Tensors.zeros(scope, ScalarType.FLOAT32, 2, 3);
            assertThatThrownBy(() -> matrix.dequantizeInto(small, 1, dequantizer))
                    .hasMessageContaining("2 rows and 3 columns does not fit");
            NDArray half = Tensors.zeros(scope, ScalarType.FLOAT16, 2, 3);
            assertThatThrownBy(() -> matrix.dequantizeInto(half, 0, dequantizer))
                    .hasMessageContaining("FLOAT16");
            NDArray turned = Tensors.zeros(scope, ScalarType.FLOAT32, 3, 2).transpose();
            assertThatThrownBy(() -> matrix.dequantizeInto(turned, 0, dequantizer))
                    .hasMessageContaining("not contiguous");
        }
    }

    @Test
    void aModelsMatrixIsQuantizedByName() {
        try (WeightSource model = ModelFiles.open(TinyModelFiles.folder());
                Nf4Dequantizer dequantizer = new Nf4Dequantizer(2)) {
            String name = "model.layers.0.mlp.down_proj.weight";
            Nf4Matrix matrix = Nf4Matrix.quantize(scope, model, name);
            FloatBuffer weights = FloatBuffer.allocate((int) model.info(name).elements());
            model.read(name, weights);
            NDArray into = Tensors.zeros(scope, ScalarType.FLOAT32, matrix.rows(), matrix.columns());
            matrix.dequantizeInto(into, 0, dequantizer);
            float[] again = into.toFloatArray();
            for (int i = 0; i < again.length; i++) {
                assertThat(again[i]).isCloseTo(weights.get(i), within(0.16f * largestOfBlock(weights, i)));
            }
            assertThatThrownBy(() -> Nf4Matrix.quantize(scope, model, "model.norm.weight"))
                    .hasMessageContaining("model.norm.weight")
                    .hasMessageContaining("matrices only");
        }
    }

    private static float largestOfBlock(FloatBuffer weights, int place) {
        float largest = 0;
        for (int i = place / 64 * 64; i < Math.min(weights.capacity(), place / 64 * 64 + 64); i++) {
            largest = Math.max(largest, Math.abs(weights.get(i)));
        }
        return largest;
    }

    @Test
    void aMatrixOfAClosedScopeIsNotRead() {
        TensorScope other = TensorScope.open();
        Nf4Matrix matrix = Nf4Matrix.quantize(other, 1, 1, (first, count, into) -> into.put(1f));
        other.close();
        assertThatThrownBy(matrix::stored).isInstanceOf(IllegalStateException.class);
    }
}
