package dev.paddock.llama.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.paddock.llama.adapter.LoraSettings;
import dev.paddock.llama.config.LlamaConfig;
import dev.paddock.llama.optimizer.AdamW;
import dev.paddock.llama.torch.Libtorch;
import dev.paddock.llama.torch.ScalarType;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TrainingSessionTest {
    private static final LlamaConfig CONFIG = RandomModel.config(true, false);
    private static final LoraSettings LORA = LoraSettings.of(4, 8);

    @BeforeAll
    static void oneThread() {
        Libtorch.setThreads(1);
    }

    static TrainingSettings settings(int batchRows, int accumulation, double rate) {
        return new TrainingSettings(
                2,
                batchRows,
                32,
                true,
                accumulation,
                new LearningRate(rate, 2, 0),
                AdamW.DEFAULT,
                1,
                42,
                ScalarType.FLOAT32);
    }

    private static TrainingSession session(Adaptation adaptation, TrainingSettings settings) {
        return new TrainingSession(
                new RandomModel(CONFIG, 1), adaptation, settings, Examples.many(2, 24, CONFIG.vocabularySize()));
    }

    @Test
    void packedDocumentsGiveTheLogitsThatTheyGiveAlone() {
        Random random = new Random(3);
        List<TrainingExample> documents = new ArrayList<>();
        for (int length : new int[] {9, 5, 12, 3}) {
            documents.add(Examples.random(random, length, 1, CONFIG.vocabularySize()));
        }
        PackedBatch packed = PackedBatch.of(List.of(documents.subList(0, 2), documents.subList(2, 4)));
        try (TrainingSession session = session(Adaptation.lora(LORA), settings(2, 1, 1e-2))) {
            session.step(1);
            int[] firstPlaces = {0, 9, packed.length(), packed.length() + 12};
            for (int document = 0; document < 4; document++) {
                PackedBatch alone = PackedBatch.of(List.of(List.of(documents.get(document))));
                int length = documents.get(document).length();
                float[] expected = session.logits(alone, places(0, length));
                float[] actual = session.logits(packed, places(firstPlaces[document], length));
                for (int i = 0; i < expected.length; i++) {
                    assertThat(actual[i]).isCloseTo(expected[i], within(1e-4f));
                }
            }
        }
    }

    private static long[] places(int first, int count) {
        return java.util.stream.LongStream.range(first, first + count).toArray();
    }

    @Test
    void accumulatedGradientsEqualThoseOfTheBigBatch() {
        try (TrainingSession big = session(Adaptation.full(), settings(4, 1, 1e-3));
                TrainingSession small = session(Adaptation.full(), settings(1, 4, 1e-3))) {
            assertThat(small.steps()).isEqualTo(big.steps());
            for (int step = 1; step <= big.steps(); step++) {
                TrainingSession.StepResult expected = big.step(step);
                TrainingSession.StepResult actual = small.step(step);
                assertThat(actual.loss()).isCloseTo(expected.loss(), within(1e-5));
                assertThat(actual.gradientNorm()).isCloseTo(expected.gradientNorm(), within(1e-4));
                assertThat(actual.tokens()).isEqualTo(expected.tokens());
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"FLOAT32", "BFLOAT16"})
    void theSameSeedGivesTheSameBytesAndTheLossFalls(ScalarType type) {
        TrainingSettings settings =
                new TrainingSettings(6, 4, 32, true, 1, new LearningRate(1e-2, 2, 0), AdamW.DEFAULT, 1, 7, type);
        LoraSettings dropout = new LoraSettings(4, 8, 0.1, LORA.targets(), false);
        List<Double> losses = new ArrayList<>();
        ByteBuffer first = train(dropout, settings, losses);
        ByteBuffer second = train(dropout, settings, new ArrayList<>());
        assertThat(second).isEqualTo(first);
        assertThat(losses.get(losses.size() - 1)).isLessThan(losses.get(0) * 0.95);
    }

    private static ByteBuffer train(LoraSettings lora, TrainingSettings settings, List<Double> losses) {
        try (TrainingSession session = session(Adaptation.lora(lora), settings)) {
            for (int step = 1; step <= session.steps(); step++) {
                losses.add(session.step(step).loss());
            }
            return dev.paddock.llama.torch.Tensors.toBytes(
                    session.model().parameters().values());
        }
    }

    @Test
    void aLossThatIsNoNumberEndsTheRunWithItsStep() {
        try (TrainingSession session = session(Adaptation.full(), settings(4, 1, 1e300))) {
            session.step(1);
            assertThatThrownBy(() -> session.step(2))
                    .isInstanceOfSatisfying(NonFiniteLossException.class, e -> assertThat(e.step())
                            .isEqualTo(2))
                    .hasMessageContaining("step 2");
        }
    }

    @Test
    void rowsThatCannotBeLearntAreRefusedByNumber() {
        TrainingExample fine = TrainingExample.text(new int[] {1, 2, 3});
        assertRefused(List.of(), "no rows");
        assertRefused(
                List.of(fine, TrainingExample.text(new int[33])), "row 2 has 33 tokens, the limit is maxLength 32");
        assertRefused(List.of(fine, TrainingExample.text(new int[] {1, 50})), "row 2 has token 50");
        assertRefused(List.of(TrainingExample.answer(new int[] {1, 2}, 2)), "row 1 has no token to learn");
    }

    @Test
    void aNearlyEmptyRowBesideAFullOneOfAnyLengthIsComputed() {
        int length = 17;
        TrainingSettings settings = new TrainingSettings(
                1, 2, length, true, 1, new LearningRate(1e-2, 2, 0), AdamW.DEFAULT, 1, 42, ScalarType.FLOAT32);
        List<TrainingExample> examples =
                List.of(TrainingExample.text(new int[length]), TrainingExample.text(new int[] {1, 2}));
        try (TrainingSession session =
                new TrainingSession(new RandomModel(CONFIG, 1), Adaptation.full(), settings, examples)) {
            assertThat(session.step(1).tokens()).isEqualTo(length + 2);
        }
    }

    private static void assertRefused(List<TrainingExample> examples, String message) {
        assertThatThrownBy(() -> new TrainingSession(
                        new RandomModel(CONFIG, 1), Adaptation.full(), settings(1, 1, 1e-3), examples))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }
}
