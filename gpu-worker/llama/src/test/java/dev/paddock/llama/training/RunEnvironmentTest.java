package dev.paddock.llama.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.llama.config.LlamaConfig;
import dev.paddock.llama.optimizer.AdamW;
import dev.paddock.llama.torch.Libtorch;
import dev.paddock.llama.torch.Processor;
import dev.paddock.llama.torch.ScalarType;
import dev.paddock.llama.training.RunEnvironment.Part;
import dev.paddock.llama.training.TrainingRun.CheckpointPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What a run says of the threads and the processor that computed it. */
class RunEnvironmentTest {
    private static final LlamaConfig CONFIG = RandomModel.config(true, false);

    @TempDir
    Path folder;

    private final List<String> moves = new ArrayList<>();
    private final List<RunEnvironment> environments = new ArrayList<>();
    private final List<Path> checkpoints = new ArrayList<>();

    private final TrainingListener listener = new TrainingListener() {
        @Override
        public void moved(String difference) {
            moves.add(difference);
        }

        @Override
        public void computedIn(RunEnvironment environment) {
            environments.add(environment);
        }

        @Override
        public void checkpointed(int step, Path checkpoint) {
            checkpoints.add(checkpoint);
        }
    };

    @BeforeEach
    @AfterEach
    void oneThread() {
        Libtorch.setThreads(1);
    }

    @Test
    void aRunNamesThreadsLibtorchProcessorAndPrecision() {
        run(Optional.empty(), 2);
        assertThat(environments)
                .containsExactly(new RunEnvironment(
                        1, Libtorch.version(), Processor.ofThisMachine().describe(), ScalarType.FLOAT32, List.of()));
    }

    @Test
    void aRunOnOtherThreadsGoesOnSaysSoAndRemembersIt() {
        run(Optional.empty(), 2);
        Libtorch.setThreads(2);
        run(newest(), 4);
        assertThat(moves)
                .singleElement()
                .asString()
                .contains("after step 2", "threads 2 instead of 1", "not to the bit");
        String processor = environments.get(0).processor();
        assertThat(environments.get(1).threads()).isEqualTo(2);
        assertThat(environments.get(1).earlier()).containsExactly(new Part(2, 1, processor));

        run(newest(), 6);
        assertThat(moves).as("nothing has changed since").hasSize(1);
        assertThat(environments.get(2)).isEqualTo(environments.get(1));

        Libtorch.setThreads(1);
        run(newest(), 8);
        assertThat(moves).hasSize(2);
        assertThat(environments.get(3).earlier()).containsExactly(new Part(2, 1, processor), new Part(6, 2, processor));
    }

    @Test
    void soDoesOneOnAnotherProcessor() throws IOException {
        run(Optional.empty(), 2);
        ObjectNode head = head();
        head.withObjectProperty("environment").put("processor", "Z80");
        Files.writeString(newest().orElseThrow().resolve("checkpoint.json"), head.toString());
        run(newest(), 4);
        assertThat(moves).singleElement().asString().contains("instead of Z80").doesNotContain("threads");
        assertThat(environments.get(1).earlier()).containsExactly(new Part(2, 1, "Z80"));
    }

    @Test
    void aCheckpointThatNamesNoneIsTakenAsItIs() throws IOException {
        run(Optional.empty(), 2);
        ObjectNode head = head();
        head.remove("environment");
        Files.writeString(newest().orElseThrow().resolve("checkpoint.json"), head.toString());
        run(newest(), 4);
        assertThat(moves).isEmpty();
        assertThat(environments.get(1)).isEqualTo(environments.get(0));
    }

    private ObjectNode head() throws IOException {
        return (ObjectNode) JsonMapper.shared()
                .readTree(Files.readString(newest().orElseThrow().resolve("checkpoint.json")));
    }

    private Optional<Path> newest() {
        return Optional.of(checkpoints.get(checkpoints.size() - 1));
    }

    /** Runs from a checkpoint until another one is written after a step. */
    private void run(Optional<Path> from, int until) {
        TrainingSettings settings = new TrainingSettings(
                4, 2, 32, true, 1, new LearningRate(1e-2, 2, 0), AdamW.DEFAULT, 1, 5, ScalarType.FLOAT32);
        TrainingRun run = new TrainingRun(
                new RandomModel(CONFIG, 1),
                "random",
                Adaptation.full(),
                settings,
                Examples.many(2, 24, CONFIG.vocabularySize()),
                new CheckpointPolicy(folder.resolve("checkpoints"), 2, from));
        int before = checkpoints.size();
        try {
            run.run(folder.resolve("output"), listener, () -> checkpoints.size() > before);
        } catch (CancellationException stopped) {
            assertThat(newest().orElseThrow().getFileName()).hasToString("step-%08d".formatted(until));
        }
    }
}
