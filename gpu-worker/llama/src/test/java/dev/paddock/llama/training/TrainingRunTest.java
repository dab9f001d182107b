package dev.paddock.llama.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.llama.adapter.LoraSettings;
import dev.paddock.llama.config.LlamaConfig;
import dev.paddock.llama.optimizer.AdamW;
import dev.paddock.llama.torch.Libtorch;
import dev.paddock.llama.torch.ScalarType;
import dev.paddock.llama.training.TrainingRun.CheckpointPolicy;
import dev.paddock.llama.weights.ModelFiles;
import dev.paddock.llama.weights.WeightSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TrainingRunTest {
    private static final LlamaConfig CONFIG = RandomModel.config(true, false);
    private static final LoraSettings DROPOUT =
            new LoraSettings(4, 8, 0.1, LoraSettings.of(1, 1).targets(), false);

    @TempDir
    Path folder;

    @BeforeAll
    static void oneThread() {
        Libtorch.setThreads(1);
    }

    /** Remembers losses and checkpoints. */
    private static final class Recorder implements TrainingListener {
        final List<Double> losses = new ArrayList<>();
        final List<Path> checkpoints = new ArrayList<>();
        final List<String> begunAnew = new ArrayList<>();
        final List<String> moves = new ArrayList<>();
        final List<RunEnvironment> environments = new ArrayList<>();

        @Override
        public void begunAnew(String reason) {
            begunAnew.add(reason);
        }

        @Override
        public void moved(String difference) {
            moves.add(difference);
        }

        @Override
        public void computedIn(RunEnvironment environment) {
            environments.add(environment);
        }

        @Override
        public void progressed(TrainingProgress progress) {
            losses.add(progress.loss());
        }

        @Override
        public void checkpointed(int step, Path folder) {
            checkpoints.add(folder);
        }
    }

    private TrainingRun run(Adaptation adaptation, long seed, Optional<Path> resumeFrom) {
        TrainingSettings settings = new TrainingSettings(
                2, 2, 32, true, 1, new LearningRate(1e-2, 2, 0), AdamW.DEFAULT, 1, seed, ScalarType.FLOAT32);
        return new TrainingRun(
                new RandomModel(CONFIG, 1),
                "random",
                adaptation,
                settings,
                Examples.many(2, 24, CONFIG.vocabularySize()),
                new CheckpointPolicy(folder.resolve("checkpoints"), 3, resumeFrom));
    }

    static Stream<Adaptation> adaptations() {
        return Stream.of(Adaptation.lora(DROPOUT), Adaptation.full());
    }

    @ParameterizedTest
    @MethodSource("adaptations")
    void aResumedRunEndsInTheSameBytes(Adaptation adaptation) throws Exception {
        Recorder whole = new Recorder();
        run(adaptation, 5, Optional.empty()).run(folder.resolve("whole"), whole, () -> false);
        Recorder stopped = new Recorder();
        assertThatThrownBy(() -> run(adaptation, 5, Optional.empty())
                        .run(folder.resolve("stopped"), stopped, () -> stopped.losses.size() == 5))
                .isInstanceOf(CancellationException.class)
                .hasMessageContaining("step 6");
        assertThat(stopped.checkpoints).hasSize(1);
        assertThat(folder.resolve("stopped")).doesNotExist();

        Recorder resumed = new Recorder();
        run(adaptation, 5, Optional.of(stopped.checkpoints.get(0)))
                .run(folder.resolve("resumed"), resumed, () -> false);

        assertThat(resumed.moves).as("the same threads and processor").isEmpty();
        assertThat(resumed.environments).isEqualTo(whole.environments);
        assertThat(resumed.losses).isEqualTo(whole.losses.subList(3, whole.losses.size()));
        try (Stream<Path> files = Files.list(folder.resolve("whole"))) {
            for (Path file : files.toList()) {
                assertThat(folder.resolve("resumed").resolve(file.getFileName()))
                        .hasSameBinaryContentAs(file);
            }
        }
        try (Stream<Path> kept = Files.list(folder.resolve("checkpoints"))) {
            assertThat(kept).hasSize(1);
        }
    }

    @Test
    void aRunWithACheckpointOfAnotherBeginsAnewAndSaysWhy() throws Exception {
        Recorder recorder = new Recorder();
        run(Adaptation.lora(DROPOUT), 5, Optional.empty()).run(folder.resolve("one"), recorder, () -> false);
        Path checkpoint = recorder.checkpoints.get(recorder.checkpoints.size() - 1);
        Recorder other = new Recorder();
        run(Adaptation.lora(DROPOUT), 6, Optional.of(checkpoint)).run(folder.resolve("other"), other, () -> false);
        assertThat(other.begunAnew).singleElement().asString().contains("belongs to another run");
        Recorder fresh = new Recorder();
        run(Adaptation.lora(DROPOUT), 6, Optional.empty()).run(folder.resolve("fresh"), fresh, () -> false);
        assertThat(other.losses).isEqualTo(fresh.losses);
        assertThat(folder.resolve("other").resolve("adapter_model.safetensors"))
                .hasSameBinaryContentAs(folder.resolve("fresh").resolve("adapter_model.safetensors"));
    }

    @Test
    void soDoesOneWithACheckpointOfAnotherVersion() throws Exception {
        Recorder recorder = new Recorder();
        run(Adaptation.lora(DROPOUT), 5, Optional.empty()).run(folder.resolve("one"), recorder, () -> false);
        Path checkpoint = recorder.checkpoints.get(recorder.checkpoints.size() - 1);
        Path head = checkpoint.resolve("checkpoint.json");
        Files.writeString(head, Files.readString(head).replace("\"format\":1", "\"format\":99"));
        Recorder other = new Recorder();
        run(Adaptation.lora(DROPOUT), 5, Optional.of(checkpoint)).run(folder.resolve("other"), other, () -> false);
        assertThat(other.begunAnew).singleElement().asString().contains("format 99 of another version");
        assertThat(other.losses).isEqualTo(recorder.losses);
        Files.writeString(head, "{\"format\":");
        assertThatThrownBy(() -> run(Adaptation.lora(DROPOUT), 5, Optional.of(checkpoint))
                        .run(folder.resolve("damaged"), new Recorder(), () -> false))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is damaged: checkpoint.json");
    }

    @Test
    void aFullyTrainedModelIsAHuggingFaceFolder() {
        Recorder recorder = new Recorder();
        run(Adaptation.full(), 5, Optional.empty()).run(folder.resolve("model"), recorder, () -> false);
        try (WeightSource model = ModelFiles.open(folder.resolve("model"))) {
            assertThat(model.config()).isEqualTo(CONFIG);
            TrainingSettings settings = TrainingSessionTest.settings(2, 1, 1e-9);
            try (TrainingSession session = new TrainingSession(
                    model, Adaptation.full(), settings, Examples.many(2, 24, CONFIG.vocabularySize()))) {
                assertThat(session.step(1).loss()).isLessThan(recorder.losses.get(0));
            }
        }
    }
}
