package dev.paddock.worker.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.contracts.lease.CheckpointReference;
import dev.paddock.contracts.lease.TrainingOrder;
import dev.paddock.kit.artifacts.Digest;
import dev.paddock.kit.artifacts.FolderArtifactStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real run of the tiny model that diverges after its first checkpoint. */
class DivergenceTest {
    @TempDir
    private Path folder;

    private final RecordingLeases leases = new RecordingLeases();

    @Test
    void theJobFailsForGoodWithTheStepAndKeepsItsLastCheckpoint() throws IOException {
        FolderArtifactStore store = new FolderArtifactStore(folder.resolve("store"));
        TrainingOrder order = TinyJob.order(store, folder, "diverging", "{}");
        JobRunner runner = new JobRunner(
                leases,
                store,
                MethodOfTests.alone(DivergingMethod.class, folder.resolve("catalogue")),
                folder.resolve("jobs"),
                "test");

        runner.run(TinyJob.lease(order, 1, null), () -> false);

        assertThat(leases.completions).isEmpty();
        assertThat(leases.failures).singleElement().satisfies(failure -> {
            assertThat(failure.code()).isEqualTo("non-finite-loss");
            assertThat(failure.cause()).contains("step 2", "lower learningRate");
            assertThat(failure.retryable()).isFalse();
        });
        assertThat(leases.checkpoints).singleElement().satisfies(kept -> assertThat(kept.step())
                .isEqualTo(1));
        Digest kept = new Digest(leases.checkpoints.get(0).digest());
        store.within(CheckpointReference.area(new UUID(2, 2))).verify(kept);
        assertThat(store.exists(kept)).isFalse();
    }
}
