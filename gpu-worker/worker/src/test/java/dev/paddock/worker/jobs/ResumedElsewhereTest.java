package dev.paddock.worker.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.contracts.event.TrainingEnvironment;
import dev.paddock.contracts.lease.TrainingOrder;
import dev.paddock.kit.artifacts.Digest;
import dev.paddock.kit.artifacts.FolderArtifactStore;
import dev.paddock.llama.torch.Libtorch;
import dev.paddock.methods.training.TrainingCatalogue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A real LoRA run of the tiny model that a worker with other threads takes over. */
class ResumedElsewhereTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String PARAMETERS = """
            {"r":2,"epochs":4,"batchSize":1,"sequenceLength":64,"checkpointEvery":1,"precision":"fp32"}""";

    @TempDir
    private Path folder;

    private final RecordingLeases leases = new RecordingLeases();
    private final int usual = Libtorch.threads();

    @BeforeEach
    void oneThread() {
        Libtorch.setThreads(1);
    }

    @AfterEach
    void usualThreads() {
        Libtorch.setThreads(usual);
    }

    @Test
    void itsLogItsReportAndItsResultNameTheThreadsOfBothWorkers() throws IOException {
        FolderArtifactStore store = new FolderArtifactStore(folder.resolve("store"));
        TrainingOrder order = TinyJob.order(store, folder, "lora", PARAMETERS);
        JobRunner runner = new JobRunner(leases, store, TrainingCatalogue.load(), folder.resolve("jobs"), "test");
        runner.run(TinyJob.lease(order, 1, null), () -> !leases.checkpoints.isEmpty());
        assertThat(leases.completions).isEmpty();

        Libtorch.setThreads(2);
        int step = leases.checkpoints.get(0).step();
        runner.run(TinyJob.lease(order, 2, leases.checkpoints.get(0)), () -> false);

        assertThat(leases.logs)
                .anyMatch(line -> line.startsWith("goes on after step " + step + " in another environment")
                        && line.contains("threads 2 instead of 1"));
        assertThat(leases.completions).singleElement().satisfies(completion -> {
            TrainingEnvironment environment = completion.environment();
            assertThat(environment).isNotNull();
            assertThat(environment.threads()).isEqualTo(2);
            assertThat(environment.libtorch()).isEqualTo(Libtorch.version());
            assertThat(environment.precision()).isEqualTo("fp32");
            assertThat(environment.earlier()).singleElement().satisfies(part -> {
                assertThat(part.lastStep()).isEqualTo(step);
                assertThat(part.threads()).isEqualTo(1);
                assertThat(part.processor()).isEqualTo(environment.processor());
            });
            Path result = Files.createDirectories(folder.resolve("result"));
            store.materialize(new Digest(completion.artifactDigest()), result);
            JsonNode facts = JSON.readTree(Files.readString(result.resolve("paddock.json")));
            assertThat(facts.path("environment")).isEqualTo(JSON.readTree(JSON.writeValueAsString(environment)));
        });
    }
}
