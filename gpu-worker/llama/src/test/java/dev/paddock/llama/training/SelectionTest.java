package dev.paddock.llama.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.paddock.llama.adapter.LoraSettings;
import dev.paddock.llama.adapter.PeftAdapter;
import dev.paddock.llama.config.LlamaConfig;
import dev.paddock.llama.optimizer.AdamW;
import dev.paddock.llama.torch.Libtorch;
import dev.paddock.llama.torch.ScalarType;
import dev.paddock.llama.training.TrainingRun.CheckpointPolicy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run that learns random rows by heart, so that its loss on others falls and then rises. */
class SelectionTest {
    private static final LlamaConfig CONFIG = RandomModel.config(true, false);
    private static final LoraSettings LORA = LoraSettings.of(4, 8);
    private static final String SET = "validation";
    private static final ValidationSet HELD_OUT =
            new ValidationSet(SET, Examples.many(9, 12, CONFIG.vocabularySize()), 1);
    private static final TrainingSettings SETTINGS = new TrainingSettings(
            30, 2, 32, true, 1, new LearningRate(5e-2, 2, 0), AdamW.DEFAULT, 1, 5, ScalarType.FLOAT32);

    @TempDir
    private Path folder;

    @BeforeAll
    static void oneThread() {
        Libtorch.setThreads(1);
    }

    /** What was measured and decided. */
    private static final class Recorder implements TrainingListener {
        final List<Double> measured = new ArrayList<>();
        int steps;
        int endedEarly;
        int chosen;

        @Override
        public void progressed(TrainingProgress progress) {
            steps = progress.step();
        }

        @Override
        public void validated(int step, String set, double loss) {
            if (step > 0) {
                measured.add(loss);
            }
        }

        @Override
        public void endedEarly(int step, int measurements) {
            endedEarly = step;
        }

        @Override
        public void chosen(int step, double loss) {
            chosen = step;
            assertThat(loss).isEqualTo(Collections.min(measured));
        }
    }

    private Recorder run(String name, Selection selection, int stopAfter, Optional<Path> resumeFrom) {
        Recorder recorder = new Recorder();
        new TrainingRun(
                        new RandomModel(CONFIG, 1),
                        "random",
                        Adaptation.lora(LORA),
                        SETTINGS,
                        new Lessons.Texts(Examples.many(2, 8, CONFIG.vocabularySize())),
                        new CheckpointPolicy(folder.resolve("checkpoints-" + name), 1, resumeFrom),
                        new Validation(List.of(HELD_OUT), selection))
                .run(folder.resolve(name), recorder, () -> recorder.steps == stopAfter);
        return recorder;
    }

    private double lossOf(String name) {
        try (TrainingSession session = new TrainingSession(
                new RandomModel(CONFIG, 1), Adaptation.lora(LORA), SETTINGS, Examples.many(2, 8, 50))) {
            session.load(PeftAdapter.read(folder.resolve(name)));
            return HELD_OUT.loss(SETTINGS).measure(session.stepper(), () -> {}).loss();
        }
    }

    @Test
    void theResultIsTheStateOfTheLeastLoss() {
        Recorder recorder = run("best", new Selection(SET, true, 0), -1, Optional.empty());
        assertThat(recorder.chosen).isLessThan(recorder.steps);
        assertThat(recorder.measured.indexOf(Collections.min(recorder.measured)) + 1)
                .isEqualTo(recorder.chosen);
        assertThat(lossOf("best")).isCloseTo(Collections.min(recorder.measured), within(1e-6));
        Recorder last = run("last", Selection.NONE, -1, Optional.empty());
        assertThat(lossOf("last")).isCloseTo(last.measured.get(last.measured.size() - 1), within(1e-6));
        assertThat(lossOf("last")).isGreaterThan(lossOf("best") + 1e-3);
    }

    @Test
    void aLossThatNoLongerFallsEndsTheRun() {
        Recorder recorder = run("early", new Selection(SET, true, 3), -1, Optional.empty());
        assertThat(recorder.endedEarly).isEqualTo(recorder.steps).isEqualTo(recorder.chosen + 3);
        assertThat(recorder.measured).hasSize(recorder.steps);
    }

    @Test
    void theBestStateOutlivesAStop() throws Exception {
        Selection selection = new Selection(SET, true, 0);
        Recorder whole = run("whole", selection, -1, Optional.empty());
        int stop = whole.chosen + 3;
        assertThatThrownBy(() -> run("stopped", selection, stop, Optional.empty()))
                .isInstanceOf(CancellationException.class);
        int kept = stop - 1;
        Path checkpoint = folder.resolve("checkpoints-stopped/step-%08d".formatted(kept));
        Recorder resumed = new Recorder();
        resumed.measured.addAll(whole.measured.subList(0, kept));
        new TrainingRun(
                        new RandomModel(CONFIG, 1),
                        "random",
                        Adaptation.lora(LORA),
                        SETTINGS,
                        new Lessons.Texts(Examples.many(2, 8, CONFIG.vocabularySize())),
                        new CheckpointPolicy(folder.resolve("checkpoints-resumed"), 1, Optional.of(checkpoint)),
                        new Validation(List.of(HELD_OUT), selection))
                .run(folder.resolve("resumed"), resumed, () -> false);
        assertThat(resumed.chosen).isEqualTo(whole.chosen);
        assertThat(resumed.measured).isEqualTo(whole.measured);
        assertThat(Files.readAllBytes(folder.resolve("resumed/adapter_model.safetensors")))
                .isEqualTo(Files.readAllBytes(folder.resolve("whole/adapter_model.safetensors")));
    }

    @Test
    void rowsOfOneSourceAreHeldOutTogetherAndByTheSeed() {
        List<TrainingExample> examples = Examples.many(2, 40, CONFIG.vocabularySize());
        List<Integer> sources = new ArrayList<>();
        for (int i = 0; i < examples.size(); i++) {
            sources.add(i / 2);
        }
        Lessons.Texts lessons = new Lessons.Texts(examples, 0, sources);
        HeldOutRows rows = HeldOutRows.of(lessons, 0.25, 7);
        assertThat(rows.heldOut().rows()).hasSize(10);
        assertThat(rows.training().rows()).hasSize(30);
        assertThat(rows.training().sources())
                .doesNotContainAnyElementsOf(rows.heldOut().sources());
        assertThat(HeldOutRows.of(lessons, 0.25, 7).heldOut().sources())
                .isEqualTo(rows.heldOut().sources());
        assertThat(HeldOutRows.of(lessons, 0.25, 8).heldOut().sources())
                .isNotEqualTo(rows.heldOut().sources());
        assertThatThrownBy(() -> HeldOutRows.of(lessons.only(List.of(0, 1)), 0.25, 7))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("validationRatio needs two rows");
    }
}
