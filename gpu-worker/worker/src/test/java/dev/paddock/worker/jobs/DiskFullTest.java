package dev.paddock.worker.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.catalogue.Catalogue;
import dev.paddock.contracts.lease.CheckpointReference;
import dev.paddock.contracts.lease.Lease;
import dev.paddock.contracts.lease.TrainingOrder;
import dev.paddock.kit.artifacts.Digest;
import dev.paddock.kit.artifacts.FolderArtifactStore;
import dev.paddock.methods.training.TrainingMethod;
import dev.paddock.testkit.FillableDisk;
import dev.paddock.worker.TestModels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** A real LoRA run of the tiny model whose artifact store's disk fills up after its first checkpoint. */
class DiskFullTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Instant ORDERED = Instant.parse("2026-01-02T03:04:05Z");
    private static final String PARAMETERS = """
            {"r":2,"epochs":4,"batchSize":1,"sequenceLength":64,"checkpointEvery":1,"precision":"fp32"}""";

    @TempDir
    private Path folder;

    private final FillableDisk disk = new FillableDisk();
    private final RecordingLeases leases = new RecordingLeases();

    @Test
    void theAttemptFailsWithThatCauseAndTheNextGoesOnFromTheLastCheckpoint() throws IOException {
        FolderArtifactStore store = new FolderArtifactStore(folder.resolve("store"), disk);
        TrainingOrder order = order(store);
        JobRunner runner =
                new JobRunner(leases, store, Catalogue.load(TrainingMethod.class), folder.resolve("jobs"), "test");
        leases.afterCheckpoint(() -> disk.fill(0));
        runner.run(lease(order, 1, null), () -> false);

        assertThat(leases.completions).isEmpty();
        assertThat(leases.failures).singleElement().satisfies(failure -> {
            assertThat(failure.code()).isEqualTo("insufficient-storage");
            assertThat(failure.cause()).contains("disk is full: free some space");
            assertThat(failure.retryable()).isTrue();
        });
        assertThat(leases.checkpoints).hasSize(1);
        CheckpointReference kept = leases.checkpoints.get(0);
        store.verify(new Digest(kept.digest()));
        assertThat(folder.resolve("jobs")).isEmptyDirectory();

        disk.free();
        leases.afterCheckpoint(() -> {});
        runner.run(lease(order, 2, kept), () -> false);
        assertThat(leases.failures).hasSize(1);
        assertThat(leases.completions).singleElement().satisfies(completion -> assertThat(
                        store.exists(new Digest(completion.artifactDigest())))
                .isTrue());
        assertThat(leases.checkpoints.get(1).step()).isGreaterThan(kept.step());
    }

    private TrainingOrder order(FolderArtifactStore store) throws IOException {
        String base = TestModels.base(store, Files.createDirectories(folder.resolve("base")), "disk full");
        Path rows = Files.createDirectories(folder.resolve("rows"));
        Files.writeString(
                rows.resolve("train.jsonl"),
                IntStream.range(0, 8).mapToObj(DiskFullTest::row).collect(Collectors.joining()));
        return new TrainingOrder(
                "disk full",
                "lora",
                "lora",
                "sft",
                JSON.readTree(PARAMETERS),
                1,
                new UUID(1, 1),
                base,
                new UUID(1, 2),
                store.putFolder(rows).value());
    }

    private static String row(int number) {
        return """
                {"id":"row-%1$d","messages":[{"role":"user","content":"Where does parcel %1$d go?"},\
                {"role":"assistant","content":"To hall %1$d."}],"origin":{"document":null,"upload":null,"row":%1$d}}
                """.formatted(number);
    }

    private static Lease lease(TrainingOrder order, int attempt, @Nullable CheckpointReference checkpoint) {
        return new Lease(
                new UUID(2, 2), "default", attempt, attempt, Instant.now().plusSeconds(60), order, ORDERED, checkpoint);
    }
}
