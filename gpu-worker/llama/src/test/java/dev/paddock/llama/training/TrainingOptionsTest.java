package dev.paddock.llama.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.paddock.llama.adapter.LoraSettings;
import dev.paddock.llama.config.LlamaConfig;
import dev.paddock.llama.optimizer.AdamW;
import dev.paddock.llama.torch.Libtorch;
import dev.paddock.llama.torch.ScalarType;
import dev.paddock.llama.torch.ScriptModule;
import dev.paddock.llama.torch.TensorScope;
import dev.paddock.llama.torch.Tensors;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrainingOptionsTest {
    private static final LlamaConfig CONFIG = RandomModel.config(true, false);
    private static final ScriptModule KERNELS = TrainingKernels.load();
    private static final double ALPHA = 5;

    @BeforeAll
    static void oneThread() {
        Libtorch.setThreads(1);
    }

    private static TrainingOptions options(double noise, boolean recompute) {
        return new TrainingOptions(0, noise, recompute, 1, 1, false, true);
    }

    private static TrainingSession session(double dropout, TrainingOptions options) {
        LoraSettings lora =
                new LoraSettings(4, 8, dropout, LoraSettings.of(1, 1).targets(), false);
        TrainingSettings settings = new TrainingSettings(
                2, 2, 32, true, 1, new LearningRate(1e-2, 2, 0), AdamW.DEFAULT, 1, 42, ScalarType.FLOAT32, options);
        return new TrainingSession(
                new RandomModel(CONFIG, 1),
                Adaptation.lora(lora),
                settings,
                Examples.many(2, 24, CONFIG.vocabularySize()));
    }

    private static ByteBuffer trained(double dropout, TrainingOptions options) {
        try (TrainingSession session = session(dropout, options)) {
            for (int step = 1; step <= session.steps(); step++) {
                session.step(step);
            }
            return Tensors.toBytes(session.model().parameters().values());
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.2})
    void activationsThatAreComputedAgainGiveTheSameBytes(double dropout) {
        assertThat(trained(dropout, options(ALPHA, true))).isEqualTo(trained(dropout, options(ALPHA, false)));
        assertThat(trained(dropout, options(ALPHA, true))).isNotEqualTo(trained(dropout, options(0, true)));
    }

    @Test
    void noiseIsUniformWithinAlphaOverTheRootOfLengthTimesWidth() {
        int width = 64;
        Random random = new Random(1);
        PackedBatch batch = PackedBatch.of(List.of(
                List.of(Examples.random(random, 100, 1, 50), Examples.random(random, 28, 1, 50)),
                List.of(Examples.random(random, 128, 1, 50))));
        try (TensorScope scope = TensorScope.open()) {
            BatchTensors tensors = BatchTensors.of(scope, batch, ALPHA, width);
            Libtorch.setSeed(7);
            float[] noise = KERNELS.tensor(
                            scope,
                            "embed",
                            tensors.ids(),
                            Tensors.zeros(scope, ScalarType.FLOAT32, 50, width),
                            tensors.noise())
                    .toFloatArray();
            assertUniform(noise, 0, 100, width, ALPHA / Math.sqrt(100 * width));
            assertUniform(noise, 100, 28, width, ALPHA / Math.sqrt(28 * width));
            assertUniform(noise, 128, 128, width, ALPHA / Math.sqrt(128 * width));
        }
    }

    /** Bound, mean and deviation of the noise on some tokens; that of a uniform variable is its bound over sqrt(3). */
    private static void assertUniform(float[] noise, int first, int tokens, int width, double bound) {
        double sum = 0;
        double squares = 0;
        double most = 0;
        for (int i = first * width; i < (first + tokens) * width; i++) {
            sum += noise[i];
            squares += noise[i] * (double) noise[i];
            most = Math.max(most, Math.abs(noise[i]));
        }
        int count = tokens * width;
        assertThat(most).isLessThanOrEqualTo(bound * (1 + 1e-6)).isGreaterThan(bound * 0.98);
        assertThat(sum / count).isCloseTo(0, within(4 * bound / Math.sqrt(3.0 * count)));
        assertThat(Math.sqrt(squares / count)).isCloseTo(bound / Math.sqrt(3), within(bound * 0.03));
    }

    @Test
    void nothingButTheTrainingPassHearsNoise() {
        try (TrainingSession quiet = session(0.2, options(0, false));
                TrainingSession noisy = session(0.2, options(ALPHA, false))) {
            PackedBatch batch = Examples.batch(3, CONFIG.vocabularySize());
            long[] places = LongStream.range(0, batch.ids().length).toArray();
            assertThat(noisy.logits(batch, places)).isEqualTo(quiet.logits(batch, places));
            assertThat(noisy.step(1).loss()).isNotEqualTo(quiet.step(1).loss());
        }
    }

    @Test
    void ratesFallFromBlockToBlock() {
        TrainingOptions options = new TrainingOptions(0, 0, false, 16, 0.5, false, true);
        assertThat(options.rate("model.norm.weight", 4)).isEqualTo(1);
        assertThat(options.rate("model.layers.3.mlp.up_proj.weight", 4)).isEqualTo(0.5);
        assertThat(options.rate("model.layers.0.mlp.up_proj.lora_B.weight", 4)).isEqualTo(1);
        assertThat(options.rate("model.embed_tokens.weight", 4)).isEqualTo(1 / 32.0);
    }

    @Test
    void aBlocksFirstUpdateIsAsLargeAsItsRate() {
        TrainingOptions options = new TrainingOptions(0, 0, false, 1, 0.1, false, true);
        TrainingSettings settings = new TrainingSettings(
                1, 2, 32, true, 1, new LearningRate(1e-3, 0, 0), AdamW.DEFAULT, 1, 42, ScalarType.FLOAT32, options);
        try (TrainingSession session = new TrainingSession(
                new RandomModel(CONFIG, 1), Adaptation.full(), settings, Examples.many(2, 24, 50))) {
            float[] before = session.model().parameters().values().toFloatArray();
            session.step(1);
            float[] after = session.model().parameters().values().toFloatArray();
            List<Double> moved = new ArrayList<>();
            for (int layer = 0; layer < 2; layer++) {
                moved.add(largest(session, "model.layers." + layer + ".mlp.down_proj.weight", before, after));
            }
            assertThat(moved.get(0)).isCloseTo(1e-5, within(1e-6));
            assertThat(moved.get(1)).isCloseTo(1e-4, within(5e-6));
        }
    }

    /** AdamW's first update moves every weight by its learning rate. */
    private static double largest(TrainingSession session, String name, float[] before, float[] after) {
        FlatSlot slot = session.model().parameters().slots().stream()
                .filter(it -> it.name().equals(name))
                .findFirst()
                .orElseThrow();
        double most = 0;
        for (int i = (int) slot.offset(); i < slot.offset() + slot.elements(); i++) {
            most = Math.max(most, Math.abs(after[i] - (double) before[i]));
        }
        return most;
    }

    @Test
    void badOptionsAreRefused() {
        assertThatThrownBy(() -> new TrainingOptions(1, 0, false, 1, 1, false, true))
                .hasMessageContaining("labelSmoothing");
        assertThatThrownBy(() -> options(-1, false)).hasMessageContaining("noise");
    }
}
