package dev.paddock.llama.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.paddock.llama.adapter.AdapterForm;
import dev.paddock.llama.adapter.Initialization;
import dev.paddock.llama.adapter.LoraSettings;
import dev.paddock.llama.adapter.Projection;
import dev.paddock.llama.adapter.SavedModule;
import dev.paddock.llama.config.LlamaConfig;
import dev.paddock.llama.torch.Libtorch;
import dev.paddock.llama.torch.ScriptModule;
import dev.paddock.llama.torch.TensorScope;
import dev.paddock.llama.torch.Tensors;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every form of adapter, with whole modules, heads and options: the gradient against central differences along it. */
class FormGradientTest {
    private static final ScriptModule KERNELS = TrainingKernels.load();
    private static final TrainingOptions PLAIN = TrainingOptions.NONE;
    private static final LoraSettings PATTERNS = new LoraSettings(
            AdapterForm.LORA,
            3,
            6,
            0,
            EnumSet.of(Projection.Q_PROJ, Projection.V_PROJ, Projection.UP_PROJ, Projection.DOWN_PROJ),
            false,
            Set.of(1),
            Map.of("layers.1.self_attn.v_proj", 5),
            Map.of("up_proj", 11.0),
            Initialization.DEFAULT);

    @BeforeAll
    static void oneThread() {
        Libtorch.setThreads(1);
    }

    static Stream<Arguments> cases() {
        LoraSettings lora = LoraSettings.of(3, 6);
        Adaptation whole = Adaptation.lora(lora)
                .withModules(Set.of(SavedModule.EMBED_TOKENS, SavedModule.NORM, SavedModule.INPUT_LAYERNORM));
        return Stream.of(
                Arguments.of("lora", Adaptation.lora(lora), PLAIN, false),
                Arguments.of("qlora", Adaptation.qlora(lora), PLAIN, false),
                Arguments.of("dora", Adaptation.lora(lora.withForm(AdapterForm.DORA)), PLAIN, true),
                Arguments.of("parallel", Adaptation.lora(lora.withForm(AdapterForm.PARALLEL)), PLAIN, true),
                Arguments.of("series", Adaptation.lora(lora.withForm(AdapterForm.SERIES)), PLAIN, true),
                Arguments.of("patterns", Adaptation.lora(PATTERNS), PLAIN, false),
                Arguments.of("dora patterns", Adaptation.lora(PATTERNS.withForm(AdapterForm.DORA)), PLAIN, true),
                Arguments.of("series patterns", Adaptation.lora(PATTERNS.withForm(AdapterForm.SERIES)), PLAIN, true),
                Arguments.of("two under gates", gates(2, 2, true), PLAIN, false),
                Arguments.of("three under gates", gates(3, 2, false), PLAIN, true),
                Arguments.of("gates over nf4", gates(2, 2, false).overNf4(), PLAIN, true),
                Arguments.of("modules", whole, PLAIN, false),
                Arguments.of("head", Adaptation.lora(lora).withLabels(50), PLAIN, false),
                Arguments.of("full head", Adaptation.full().withLabels(50), PLAIN, true),
                Arguments.of("smoothing", Adaptation.full(), smoothing(), false),
                Arguments.of("not causal", Adaptation.full(), notCausal(), true));
    }

    private static Adaptation gates(int adapters, int topK, boolean tied) {
        return Adaptation.gates(RandomAdapters.routing(RandomModel.config(true, !tied), adapters, topK));
    }

    private static TrainingOptions smoothing() {
        return new TrainingOptions(0.3, 0, false, 1, 1, false, true);
    }

    private static TrainingOptions notCausal() {
        return new TrainingOptions(0, 0, true, 1, 1, false, false);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void differencesOfTheLossAgree(String name, Adaptation adaptation, TrainingOptions options, boolean biases) {
        LlamaConfig config = RandomModel.config(true, biases);
        PackedBatch batch = Examples.batch(5, config.vocabularySize());
        try (TensorScope scope = TensorScope.open();
                TrainedModel model = new TrainedModel(
                        scope,
                        KERNELS,
                        new RandomModel(config, 6),
                        adaptation,
                        TrainingSessionTest.settings(1, 1, 1e-3))) {
            TrainingStep step = new TrainingStep(scope, model, options, 2048);
            float[] values = model.parameters().values().toFloatArray();
            Random random = new Random(7);
            for (int i = 0; i < values.length; i++) {
                values[i] += (float) (0.05 * random.nextGaussian());
            }
            loss(scope, model, step, batch, values);
            float[] gradient = model.parameters().gradients().toFloatArray();
            holdConstantNorms(adaptation, model, gradient);
            double norm = norm(gradient);
            assertThat(norm).isPositive();
            double up = loss(scope, model, step, batch, moved(values, gradient, 3e-3 / norm));
            double down = loss(scope, model, step, batch, moved(values, gradient, -3e-3 / norm));
            assertThat((up - down) / 6e-3).as(name).isCloseTo(norm, within(norm * 1e-2));
        }
    }

    /** DoRA's gradient of A and B holds the norm constant, which a difference cannot: only magnitudes move. */
    private static void holdConstantNorms(Adaptation adaptation, TrainedModel model, float[] gradient) {
        if (adaptation.adapter().map(LoraSettings::form).orElse(AdapterForm.LORA) == AdapterForm.DORA) {
            model.parameters().slots().stream()
                    .filter(slot -> !slot.name().endsWith(".lora_magnitude_vector"))
                    .forEach(slot ->
                            Arrays.fill(gradient, (int) slot.offset(), (int) (slot.offset() + slot.elements()), 0));
        }
    }

    private static double loss(
            TensorScope scope, TrainedModel model, TrainingStep step, PackedBatch batch, float[] values) {
        Tensors.copyRows(model.parameters().values(), 0, Tensors.floats(scope, values, values.length));
        model.parameters().clearGradients();
        return step.accumulate(List.of(batch), 0);
    }

    private static float[] moved(float[] values, float[] direction, double step) {
        float[] moved = new float[values.length];
        for (int i = 0; i < moved.length; i++) {
            moved[i] = (float) (values[i] + step * direction[i]);
        }
        return moved;
    }

    private static double norm(float[] values) {
        double square = 0;
        for (float value : values) {
            square += value * (double) value;
        }
        return Math.sqrt(square);
    }
}
