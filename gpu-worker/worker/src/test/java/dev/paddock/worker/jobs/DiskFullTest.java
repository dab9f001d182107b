package dev.paddock.worker.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.contracts.lease.CheckpointReference;
import dev.paddock.contracts.lease.TrainingOrder;
import dev.paddock.kit.artifacts.Digest;
import dev.paddock.kit.artifacts.FolderArtifactStore;
import dev.paddock.methods.training.TrainingCatalogue;
import dev.paddock.testkit.FillableDisk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real LoRA run of the tiny model whose artifact store's disk fills up after its first checkpoint. */
class DiskFullTest {
    private static final String PARAMETERS = """
            {"r":2,"epochs":4,"batchSize":1,"sequenceLength":64,"checkpointEvery":1,"precision":"fp32"}""";

    @TempDir
    private Path folder;

    private final FillableDisk disk = new FillableDisk();
    private final RecordingLeases leases = new RecordingLeases();

    @Test
    void theAttemptFailsWithThatCauseAndTheNextGoesOnFromTheLastCheckpoint() throws IOException {
        FolderArtifactStore store = new FolderArtifactStore(folder.resolve("store"), disk);
        TrainingOrder order = TinyJob.order(store, folder, "lora", PARAMETERS);
        JobRunner runner = new JobRunner(leases, store, TrainingCatalogue.load(), folder.resolve("jobs"), "test");
        leases.afterCheckpoint(() -> disk.fill(0));
        runner.run(TinyJob.lease(order, 1, null), () -> false);

        assertThat(leases.completions).isEmpty();
        assertThat(leases.failures).singleElement().satisfies(failure -> {
            assertThat(failure.code()).isEqualTo("insufficient-storage");
            assertThat(failure.cause()).contains("disk is full: free some space");
            assertThat(failure.retryable()).isTrue();
        });
        assertThat(leases.checkpoints).hasSize(1);
        CheckpointReference kept = leases.checkpoints.get(0);
        store.within(CheckpointReference.area(new UUID(2, 2))).verify(new Digest(kept.digest()));
        assertThat(folder.resolve("jobs")).isEmptyDirectory();

        disk.free();
        leases.afterCheckpoint(() -> {});
        runner.run(TinyJob.lease(order, 2, kept), () -> false);
        assertThat(leases.failures).hasSize(1);
        assertThat(leases.completions).singleElement().satisfies(completion -> assertThat(
                        store.exists(new Digest(completion.artifactDigest())))
                .isTrue());
        assertThat(leases.checkpoints.get(1).step()).isGreaterThan(kept.step());
    }
}
