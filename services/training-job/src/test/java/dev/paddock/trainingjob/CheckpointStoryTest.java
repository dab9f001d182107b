package dev.paddock.trainingjob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.paddock.contracts.lease.CheckpointReference;
import dev.paddock.kit.artifacts.ArtifactStore;
import dev.paddock.kit.artifacts.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;

/** What stays of a job's checkpoints once it has ended. */
class CheckpointStoryTest extends TrainingJobTest {
    private static final Duration LEASE_AND_WRITES_ARE_OVER = Duration.ofMinutes(11);

    @Autowired
    private ArtifactStore artifacts;

    @TempDir
    private Path folder;

    @Test
    void checkpointsLeaveTheStoreWithTheirJobAndNothingElseDoes() throws IOException {
        world.announce("kept-checkpoints");
        Files.writeString(folder.resolve("state.safetensors"), "shared by all of them");
        Digest elsewhere = artifacts.putFolder(folder);
        String completed = place("kept-checkpoints");
        Worker first = worker("first", "kept-checkpoints");
        first.claim();
        Digest stored = store(completed);
        first.checkpoint(1, stored.value());
        first.complete();
        String running = place("kept-checkpoints");
        Worker second = worker("second", "kept-checkpoints");
        second.claim();
        assertThat(store(running)).isEqualTo(stored).isEqualTo(elsewhere);

        clock.advance(LEASE_AND_WRITES_ARE_OVER);
        second.renew(1);
        await().until(() -> !area(completed).exists(stored));
        area(running).verify(stored);
        artifacts.verify(elsewhere);

        engineer().post("/api/v1/training-jobs/" + running + "/cancel", null);
        await("its worker may still be writing").during(Duration.ofSeconds(1)).until(() -> area(running)
                .exists(stored));
        clock.advance(LEASE_AND_WRITES_ARE_OVER);
        await().until(() -> !area(running).exists(stored));
        artifacts.verify(elsewhere);
    }

    @Test
    void aFailedJobKeepsItsLastCheckpoint() throws IOException {
        world.announce("failed-checkpoints");
        String job = place("failed-checkpoints");
        Worker worker = worker("worker", "failed-checkpoints");
        worker.claim();
        Files.writeString(folder.resolve("schedule.json"), "the same in both");
        Files.writeString(folder.resolve("state.safetensors"), "one");
        Digest earlier = store(job);
        worker.checkpoint(1, earlier.value());
        Files.writeString(folder.resolve("state.safetensors"), "two");
        Digest last = store(job);
        worker.checkpoint(2, last.value());
        worker.fail("non-finite-loss", false);

        clock.advance(LEASE_AND_WRITES_ARE_OVER);
        await().until(() -> !area(job).exists(earlier));
        area(job).verify(last);
    }

    private Digest store(String job) throws IOException {
        return area(job).putFolder(folder);
    }

    private ArtifactStore area(String job) {
        return artifacts.within(CheckpointReference.area(UUID.fromString(job)));
    }
}
