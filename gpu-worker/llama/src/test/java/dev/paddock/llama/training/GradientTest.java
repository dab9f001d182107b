package dev.paddock.llama.training;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import dev.paddock.llama.adapter.LoraSettings;
import dev.paddock.llama.adapter.Projection;
import dev.paddock.llama.config.LlamaConfig;
import dev.paddock.llama.torch.Libtorch;
import dev.paddock.llama.torch.ScalarType;
import dev.paddock.llama.torch.ScriptModule;
import dev.paddock.llama.torch.TensorScope;
import dev.paddock.llama.torch.Tensors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Hand-written backward passes against autograd and against differences, in fp32. */
class GradientTest {
    private static final double TOLERANCE = 1e-4;
    private static final ScriptModule KERNELS = TrainingKernels.load();

    @BeforeAll
    static void oneThread() {
        Libtorch.setThreads(1);
    }

    static Stream<Set<Projection>> targets() {
        return Stream.concat(
                Arrays.stream(Projection.values()).map(EnumSet::of),
                Stream.of(
                        EnumSet.allOf(Projection.class),
                        EnumSet.of(Projection.Q_PROJ, Projection.V_PROJ, Projection.UP_PROJ)));
    }

    @ParameterizedTest
    @MethodSource("targets")
    void adapters(Set<Projection> targets) throws Exception {
        LlamaConfig config = RandomModel.config(true, false);
        LoraSettings settings = new LoraSettings(3, 6, 0, targets, true);
        PackedBatch batch = Examples.batch(1, config.vocabularySize());
        try (TensorScope scope = TensorScope.open();
                TrainedModel lora = model(scope, new RandomModel(config, 2), Adaptation.lora(settings))) {
            List<NDArray> base = RandomModel.tensors(scope, new RandomModel(config, 2));
            randomize(scope, lora.parameters());
            double loss = accumulate(scope, lora, batch);
            List<NDArray> adapters =
                    perProjection(scope, config, lora, lora.parameters().values());
            List<NDArray> expected =
                    AutogradReference.run(scope, config, batch, true, base, adapters, settings.scale());
            assertThat(loss).isCloseTo(expected.get(0).getFloat(), within(loss));
            List<NDArray> actual =
                    perProjection(scope, config, lora, lora.parameters().gradients());
            int first = 1 + base.size();
            for (int i = 0; i < actual.size(); i++) {
                assertClose("adapter tensor " + i, actual.get(i), expected.get(first + i), TOLERANCE);
            }
        }
    }

    private static TrainedModel model(TensorScope scope, RandomModel source, Adaptation adaptation) {
        return new TrainedModel(scope, KERNELS, source, adaptation, TrainingSessionTest.settings(1, 1, 1e-3));
    }

    @ParameterizedTest
    @CsvSource({"true,false", "false,true", "false,false"})
    void everyWeight(boolean tied, boolean biases) throws Exception {
        LlamaConfig config = RandomModel.config(tied, biases);
        everyWeightAgrees(config, Examples.batch(3, config.vocabularySize()), true, TOLERANCE);
    }

    static void everyWeightAgrees(LlamaConfig config, PackedBatch batch, boolean causal, double tolerance)
            throws Exception {
        try (TensorScope scope = TensorScope.open();
                TrainedModel full = model(scope, new RandomModel(config, 4), Adaptation.full())) {
            List<NDArray> base = RandomModel.tensors(scope, new RandomModel(config, 4));
            double loss = accumulate(scope, full, batch, causal);
            List<NDArray> adapters =
                    Collections.nCopies(config.layers() * 14, Tensors.zeros(scope, ScalarType.FLOAT32, 0));
            List<NDArray> expected = AutogradReference.run(scope, config, batch, causal, base, adapters, 1);
            assertThat(loss).isCloseTo(expected.get(0).getFloat(), within(loss));
            List<WeightSlot> slots = WeightSlot.of(config);
            for (int i = 0; i < slots.size() - (config.tiedEmbeddings() ? 1 : 0); i++) {
                assertClose("weight " + i, full.gradient(slots.get(i)), expected.get(1 + i), tolerance);
            }
        }
    }

    @Test
    void differencesOfTheLossAgree() {
        LlamaConfig config = RandomModel.config(true, true);
        PackedBatch batch = Examples.batch(5, config.vocabularySize());
        try (TensorScope scope = TensorScope.open();
                TrainedModel full = model(scope, new RandomModel(config, 6), Adaptation.full())) {
            accumulate(scope, full, batch);
            float[] gradient = full.parameters().gradients().toFloatArray();
            float[] values = full.parameters().values().toFloatArray();
            Random random = new Random(7);
            float[] direction = new float[values.length];
            double expected = 0;
            for (int i = 0; i < direction.length; i++) {
                direction[i] = (float) random.nextGaussian();
                expected += direction[i] * gradient[i];
            }
            double step = 1e-4;
            double up = lossAt(scope, full, batch, values, direction, step);
            double down = lossAt(scope, full, batch, values, direction, -step);
            assertThat((up - down) / (2 * step)).isCloseTo(expected, Offset.offset(Math.abs(expected) * 2e-2));
        }
    }

    /** A and B of the seven projections of each block, empty where no adapter sits. */
    private static List<NDArray> perProjection(TensorScope scope, LlamaConfig config, TrainedModel lora, NDArray flat) {
        List<NDArray> tensors = new ArrayList<>();
        NDArray none = Tensors.zeros(scope, ScalarType.FLOAT32, 0);
        for (int i = 0; i < config.layers() * 14; i++) {
            tensors.add(none);
        }
        List<Projection> order = List.of(Projection.values());
        lora.parts().adapter(flat.toFloatArray()).updates().forEach((target, update) -> {
            int at = 2 * (target.layer() * 7 + order.indexOf(target.projection()));
            int rank = update.rank();
            tensors.set(at, Tensors.floats(scope, update.a(), rank, update.a().length / rank));
            tensors.set(at + 1, Tensors.floats(scope, update.b(), update.b().length / rank, rank));
        });
        return tensors;
    }

    private static double lossAt(
            TensorScope scope, TrainedModel full, PackedBatch batch, float[] values, float[] direction, double step) {
        float[] moved = new float[values.length];
        for (int i = 0; i < moved.length; i++) {
            moved[i] = (float) (values[i] + step * direction[i]);
        }
        Tensors.copyRows(full.parameters().values(), 0, Tensors.floats(scope, moved, moved.length));
        return accumulate(scope, full, batch);
    }

    private static double accumulate(TensorScope scope, TrainedModel model, PackedBatch batch) {
        return accumulate(scope, model, batch, true);
    }

    private static double accumulate(TensorScope scope, TrainedModel model, PackedBatch batch, boolean causal) {
        model.parameters().clearGradients();
        TrainingOptions options = TrainingOptions.NONE.withCausal(causal);
        return new TrainingStep(scope, model, options, 2048).accumulate(List.of(batch), 0);
    }

    private static void randomize(TensorScope scope, FlatParameters parameters) {
        float[] values = new float[(int) parameters.size()];
        Random random = new Random(8);
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (0.3 * random.nextGaussian());
        }
        Tensors.copyRows(parameters.values(), 0, Tensors.floats(scope, values, values.length));
    }

    private static Offset<Double> within(double loss) {
        return Offset.offset(Math.abs(loss) * 1e-5);
    }

    private static void assertClose(String what, NDArray actual, NDArray expected, double tolerance) {
        float[] a = actual.toFloatArray();
        float[] e = expected.toFloatArray();
        assertThat(a).as(what).hasSameSizeAs(e);
        List<Double> sums = new ArrayList<>(List.of(0.0, 0.0));
        for (int i = 0; i < a.length; i++) {
            sums.set(0, sums.get(0) + (a[i] - e[i]) * (double) (a[i] - e[i]));
            sums.set(1, sums.get(1) + e[i] * (double) e[i]);
        }
        assertThat(a.length == 0 || sums.get(1) > 0)
                .as(what + " has a gradient")
                .isTrue();
        assertThat(Math.sqrt(sums.get(0))).as(what).isLessThanOrEqualTo(tolerance * Math.sqrt(sums.get(1)));
    }
}
