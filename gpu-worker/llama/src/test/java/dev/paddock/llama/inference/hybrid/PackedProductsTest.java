package dev.paddock.llama.inference.hybrid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.paddock.kernels.Rows;
import dev.paddock.llama.adapter.AdapterForm;
import dev.paddock.llama.adapter.Projection;
import dev.paddock.llama.adapter.Projection.Group;
import dev.paddock.llama.config.LlamaConfig;
import dev.paddock.llama.inference.DrawnAdapters;
import dev.paddock.llama.inference.Executor;
import dev.paddock.llama.inference.RandomWeights;
import dev.paddock.llama.inference.SharedWeights;
import dev.paddock.llama.inference.StepInput;
import dev.paddock.llama.inference.StepOutput;
import dev.paddock.llama.inference.libtorch.PackedNumbers;
import dev.paddock.llama.inference.libtorch.PackedProducts;
import dev.paddock.llama.inference.libtorch.Precision;
import dev.paddock.llama.inference.vector.DenseKind;
import dev.paddock.llama.inference.vector.VectorExecutor;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Several rows in fewer bits beside the kernels' sums in fp32 of the same weights, with biases, a sequence with an adapter among them. */
class PackedProductsTest {
    private static final RandomWeights WEIGHTS = new RandomWeights(7);

    private final VectorExecutor exact = executor();
    private final VectorExecutor packed = executor();

    private static VectorExecutor executor() {
        VectorExecutor executor = new VectorExecutor(WEIGHTS, DenseKind.BF16, 2);
        executor.loadAdapter("drawn", new DrawnAdapters(WEIGHTS, 0.2).draw(1, AdapterForm.LORA, 3));
        return executor;
    }

    private void pack(PackedNumbers numbers) {
        assumeThat(numbers.isAvailable())
                .as("this processor has products in %s", numbers)
                .isTrue();
        packed.take(new PackedProducts(WEIGHTS.config(), packed.sharedWeights(), numbers));
    }

    @AfterEach
    void close() {
        exact.close();
        packed.close();
    }

    @ParameterizedTest
    @CsvSource({"BF16, 1", "BF16, 3", "INT8, 1", "INT8, 3"})
    void fewRowsStayAsTheyAre(PackedNumbers numbers, int rows) {
        pack(numbers);
        List<float[]> expected = logits(exact, rows);
        List<float[]> actual = logits(packed, rows);
        for (int i = 0; i < expected.size(); i++) {
            assertThat(actual.get(i)).isEqualTo(expected.get(i));
        }
    }

    @ParameterizedTest
    @CsvSource({"BF16, 4", "BF16, 7", "BF16, 16", "BF16, 32", "INT8, 4", "INT8, 7", "INT8, 16", "INT8, 32"})
    void manyRowsAreNear(PackedNumbers numbers, int rows) {
        pack(numbers);
        List<float[]> expected = logits(exact, rows);
        List<float[]> actual = logits(packed, rows);
        assertThat(RelativeError.of(expected, actual)).isBetween(1e-4, 0.03);
    }

    /** Nothing but the weights is rounded to 8 bits, an output's with one scale. */
    @Test
    void integersMultiplyAsTheRoundedWeightsDo() {
        pack(PackedNumbers.INT8);
        LlamaConfig config = WEIGHTS.config();
        int inputs = config.intermediateSize();
        Rows x = Rows.allocate(5, inputs);
        Random random = new Random(3);
        for (int i = 0; i < x.values().length; i++) {
            x.values()[i] = (float) random.nextGaussian();
        }
        Rows y = Rows.allocate(5, config.hiddenSize());
        SharedWeights shared = packed.sharedWeights();
        try (PackedProducts products = new PackedProducts(config, shared, PackedNumbers.INT8)) {
            products.multiply(2, Group.DOWN, x, 5, y);
        }
        float[] weights = new float[inputs];
        for (int output = 0; output < config.hiddenSize(); output++) {
            shared.read(2, Projection.DOWN_PROJ, output, weights);
            double step = 0;
            for (float weight : weights) {
                step = Math.max(step, Math.abs(weight) / 127);
            }
            for (int row = 0; row < 5; row++) {
                double sum = shared.bias(2, Group.DOWN)[output];
                for (int i = 0; i < inputs; i++) {
                    sum += Math.rint(weights[i] / step) * step * x.values()[x.at(row) + i];
                }
                assertThat(y.values()[y.at(row) + output]).isCloseTo((float) sum, within(2e-3f));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void theCopyCounts(PackedNumbers numbers) {
        pack(numbers);
        long weights = WEIGHTS.names().stream()
                .filter(name -> !name.contains("embed"))
                .mapToLong(name -> WEIGHTS.info(name).elements())
                .sum();
        assertThat(packed.weightBytes() - exact.weightBytes()).isGreaterThan(numbers.weightBytes() * weights * 9 / 10);
    }

    @ParameterizedTest
    @EnumSource
    void servingTakesThemWhereAskedAndThere(BatchPrecision batch) {
        ExecutorOptions options = new ExecutorOptions(Precision.BF16, 1, true, true, false, batch);
        ExecutorOptions plain = new ExecutorOptions(Precision.BF16, 1, true, true, false);
        try (Executor asked = Executors.of(WEIGHTS, options);
                Executor otherwise = Executors.of(WEIGHTS, plain)) {
            boolean there = batch.packed() != null;
            assertThat(Executors.bytes(WEIGHTS, options) > Executors.bytes(WEIGHTS, plain))
                    .isEqualTo(there);
            assertThat(asked.weightBytes() > otherwise.weightBytes()).isEqualTo(there);
        }
        assertThat(BatchPrecision.EXACT.packed()).isNull();
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
