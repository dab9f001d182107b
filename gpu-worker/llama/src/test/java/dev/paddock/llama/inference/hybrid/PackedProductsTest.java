package dev.paddock.llama.inference.hybrid;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.llama.adapter.AdapterForm;
import dev.paddock.llama.inference.DrawnAdapters;
import dev.paddock.llama.inference.Executor;
import dev.paddock.llama.inference.RandomWeights;
import dev.paddock.llama.inference.StepInput;
import dev.paddock.llama.inference.StepOutput;
import dev.paddock.llama.inference.libtorch.PackedProducts;
import dev.paddock.llama.inference.libtorch.Precision;
import dev.paddock.llama.inference.vector.DenseKind;
import dev.paddock.llama.inference.vector.VectorExecutor;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Several rows in bfloat16 beside the kernels' sums in fp32 of the same weights, with biases, a sequence with an adapter among them. */
@EnabledIf(
        value = "dev.paddock.llama.inference.libtorch.PackedProducts#isAvailable",
        disabledReason = "products in bfloat16 are missing")
class PackedProductsTest {
    private static final RandomWeights WEIGHTS = new RandomWeights(7);

    private final VectorExecutor exact = executor();
    private final VectorExecutor packed = executor();

    private static VectorExecutor executor() {
        VectorExecutor executor = new VectorExecutor(WEIGHTS, DenseKind.BF16, 2);
        executor.loadAdapter("drawn", new DrawnAdapters(WEIGHTS, 0.2).draw(1, AdapterForm.LORA, 3));
        return executor;
    }

    @BeforeEach
    void pack() {
        packed.take(new PackedProducts(WEIGHTS.config(), packed.sharedWeights()));
    }

    @AfterEach
    void close() {
        exact.close();
        packed.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void fewRowsStayAsTheyAre(int rows) {
        List<float[]> expected = logits(exact, rows);
        List<float[]> actual = logits(packed, rows);
        for (int i = 0; i < expected.size(); i++) {
            assertThat(actual.get(i)).isEqualTo(expected.get(i));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 7, 16, 32})
    void manyRowsAreNear(int rows) {
        List<float[]> expected = logits(exact, rows);
        List<float[]> actual = logits(packed, rows);
        assertThat(RelativeError.of(expected, actual)).isBetween(1e-4, 0.03);
    }

    @Test
    void theCopyCounts() {
        long weights = WEIGHTS.names().stream()
                .filter(name -> !name.contains("embed"))
                .mapToLong(name -> WEIGHTS.info(name).elements())
                .sum();
        assertThat(packed.weightBytes() - exact.weightBytes()).isGreaterThan(Short.BYTES * weights * 9 / 10);
    }

    @Test
    void servingTakesThemWhereAskedInBfloat16Only() {
        assertThat(packs(Precision.BF16, false)).isTrue();
        assertThat(packs(Precision.FP32, false)).isFalse();
        assertThat(packs(Precision.BF16, true)).isFalse();
    }

    private static boolean packs(Precision precision, boolean batchInvariant) {
        ExecutorOptions options = new ExecutorOptions(precision, 1, true, true, false, batchInvariant);
        ExecutorOptions plain = new ExecutorOptions(precision, 1, true, true, false);
        try (Executor asked = Executors.of(WEIGHTS, options);
                Executor otherwise = Executors.of(WEIGHTS, plain)) {
            assertThat(Executors.bytes(WEIGHTS, options) > Executors.bytes(WEIGHTS, plain))
                    .isEqualTo(options.packs());
            return asked.weightBytes() > otherwise.weightBytes();
        }
    }

    /** A token of each of some sequences, then a next one. */
    private static List<float[]> logits(VectorExecutor executor, int rows) {
        List<Long> sequences = new ArrayList<>();
        for (int row = 0; row < rows; row++) {
            sequences.add(executor.open(row % 3 == 1 ? "drawn" : null, 2));
        }
        List<float[]> logits = new ArrayList<>();
        for (int token = 5; token < 7; token++) {
            List<StepInput> inputs = new ArrayList<>();
            for (int row = 0; row < rows; row++) {
                inputs.add(new StepInput(sequences.get(row), new int[] {token + 2 * row}, true, null));
            }
            executor.run(inputs).stream().map(StepOutput::logits).forEach(logits::add);
        }
        sequences.forEach(executor::release);
        return logits;
    }
}
