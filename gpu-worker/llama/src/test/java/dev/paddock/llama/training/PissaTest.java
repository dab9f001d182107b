package dev.paddock.llama.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.paddock.llama.adapter.AdapterForm;
import dev.paddock.llama.adapter.Initialization;
import dev.paddock.llama.adapter.LoraAdapter;
import dev.paddock.llama.adapter.LoraAdapter.Target;
import dev.paddock.llama.adapter.LoraAdapter.Update;
import dev.paddock.llama.adapter.LoraSettings;
import dev.paddock.llama.adapter.Projection;
import dev.paddock.llama.torch.Libtorch;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Principal singular values and vectors as the first values of a low-rank adapter. */
class PissaTest {
    private static final RandomModel BASE = new RandomModel(RandomModel.config(true, false), 6);
    private static final LoraSettings PISSA = LoraSettings.of(3, 5).withInitialization(Initialization.PISSA);

    @BeforeAll
    static void oneThread() {
        Libtorch.setThreads(1);
    }

    private static TrainingSession session(LoraSettings settings) {
        return new TrainingSession(
                BASE, Adaptation.lora(settings), TrainingSessionTest.settings(1, 1, 1e-3), Examples.many(2, 4, 50));
    }

    private static double firstLoss(LoraSettings settings) {
        try (TrainingSession session = session(settings)) {
            return session.step(1).loss();
        }
    }

    private static Update upProjection(LoraAdapter adapter) {
        return Objects.requireNonNull(adapter.updates().get(new Target(1, Projection.UP_PROJ)));
    }

    @Test
    void trainingBeginsAtTheLossOfTheBase() {
        assertThat(firstLoss(PISSA)).isCloseTo(firstLoss(LoraSettings.of(3, 6)), within(1e-5));
    }

    @Test
    void whatIsWrittenBeforeTheFirstStepChangesNothing() {
        try (TrainingSession session = session(PISSA)) {
            Update update = upProjection(session.model().parts().result());
            assertThat(update.rank()).isEqualTo(6);
            for (int row = 0; row < 36; row++) {
                for (int column = 0; column < 20; column++) {
                    assertThat(product(update, row, column, 20)).isCloseTo(0, within(1e-6));
                }
            }
        }
    }

    /** Singular vectors of A and B: {@code W v = s² sᵢ u} for rows v of A and columns u of B, and no direction is longer. */
    @Test
    void theMatricesHoldTheLargestSingularValues() {
        int inputs = 20;
        int outputs = 36;
        float[] w = new float[inputs * outputs];
        BASE.read("model.layers.1.mlp.up_proj.weight", FloatBuffer.wrap(w));
        try (TrainingSession session = session(PISSA)) {
            Update start = upProjection(session.model()
                    .parts()
                    .adapter(session.model().parameters().values().toFloatArray()));
            double largest = powerIteration(w, outputs, inputs);
            double first = square(start.a(), 0, inputs) * start.scale();
            assertThat(first).isCloseTo(largest, within(1e-3 * largest));
            for (int r = 0; r < 3; r++) {
                double value = square(start.a(), r, inputs) * start.scale();
                for (int row = 0; row < outputs; row++) {
                    double image = 0;
                    for (int column = 0; column < inputs; column++) {
                        image += w[row * inputs + column] * start.a()[r * inputs + column];
                    }
                    assertThat(image).isCloseTo(value * start.b()[row * 3 + r], within(1e-4));
                }
            }
        }
    }

    private static double square(float[] a, int row, int inputs) {
        double square = 0;
        for (int i = row * inputs; i < (row + 1) * inputs; i++) {
            square += a[i] * (double) a[i];
        }
        return square;
    }

    /** The largest singular value of {@code [rows, columns]}. */
    private static double powerIteration(float[] w, int rows, int columns) {
        double[] v = new double[columns];
        Arrays.fill(v, 1);
        double value = 0;
        for (int step = 0; step < 500; step++) {
            double[] u = new double[rows];
            double[] next = new double[columns];
            for (int i = 0; i < rows * columns; i++) {
                u[i / columns] += w[i] * v[i % columns];
            }
            for (int i = 0; i < rows * columns; i++) {
                next[i % columns] += w[i] * u[i / columns];
            }
            double norm = Math.sqrt(Arrays.stream(next).map(x -> x * x).sum());
            value = Math.sqrt(norm);
            for (int i = 0; i < columns; i++) {
                v[i] = next[i] / norm;
            }
        }
        return value;
    }

    private static double product(Update update, int row, int column, int inputs) {
        double sum = 0;
        for (int r = 0; r < update.rank(); r++) {
            sum += update.b()[row * update.rank() + r] * (double) update.a()[r * inputs + column];
        }
        return sum;
    }

    @Test
    void otherFormsAndRanksBeyondTheMatrixAreRefused() {
        for (AdapterForm form : List.of(AdapterForm.DORA, AdapterForm.SERIES, AdapterForm.PARALLEL)) {
            assertThatThrownBy(() -> PISSA.withForm(form))
                    .hasMessageContaining("use the adapter lora, or initialization default");
        }
        assertThatThrownBy(() -> session(LoraSettings.of(21, 5).withInitialization(Initialization.PISSA)))
                .hasMessageContaining("r is 21")
                .hasMessageContaining("20 at most");
    }
}
