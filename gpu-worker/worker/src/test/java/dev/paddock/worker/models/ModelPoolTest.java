package dev.paddock.worker.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.contracts.inference.LoadedModel;
import dev.paddock.kit.artifacts.DamagedArtifactException;
import dev.paddock.kit.artifacts.Digest;
import dev.paddock.kit.artifacts.FolderArtifactStore;
import dev.paddock.kit.problem.ProblemException;
import dev.paddock.llama.inference.libtorch.Precision;
import dev.paddock.worker.TestModels;
import dev.paddock.worker.WorkerProperties;
import dev.paddock.worker.WorkerRole;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.unit.DataSize;

final class ModelPoolTest {
    @TempDir
    Path temporary;

    private FolderArtifactStore store;
    private ModelPool pool;

    @BeforeEach
    void start() {
        store = new FolderArtifactStore(temporary.resolve("store"));
        pool = newPool();
    }

    private ModelPool newPool() {
        WorkerProperties worker = new WorkerProperties(
                "w", Set.of(WorkerRole.SERVING), null, temporary.resolve("cache"), Duration.ofSeconds(30), false);
        ServingProperties serving = new ServingProperties(
                Precision.FP32,
                1,
                DataSize.ofMegabytes(6),
                DataSize.ofMegabytes(8),
                2,
                2,
                64,
                64,
                2,
                16,
                Duration.ofMinutes(1),
                true,
                true,
                null);
        return new ModelPool(new ArtifactFolders(store, worker), serving, Clock.systemUTC());
    }

    @AfterEach
    void stop() {
        pool.close();
    }

    @Test
    void theBaseLongestUnusedLeavesForAnother() throws IOException {
        String first = TestModels.base(store, temporary.resolve("first"), "first");
        String second = TestModels.base(store, temporary.resolve("second"), "second");
        pool.lease(first, null).close();
        assertThat(loaded()).containsExactly(first);
        pool.lease(second, null).close();
        assertThat(loaded()).containsExactly(second);
    }

    @Test
    void aBaseInUseStaysAndTheOtherIsRefused() throws IOException {
        String first = TestModels.base(store, temporary.resolve("first"), "first");
        String second = TestModels.base(store, temporary.resolve("second"), "second");
        try (ModelLease lease = pool.lease(first, null)) {
            assertThatThrownBy(() -> pool.lease(second, null))
                    .isInstanceOfSatisfying(ProblemException.class, problem -> assertThat(problem.code())
                            .isEqualTo(ServingProblem.MODEL_MEMORY));
            assertThat(lease.base().digest()).isEqualTo(first);
        }
        assertThat(loaded()).containsExactly(first);
    }

    @Test
    void adaptersUnusedLeaveAndThoseInUseStay() throws IOException {
        String base = TestModels.base(store, temporary.resolve("base"), "base");
        String[] adapters = new String[4];
        for (int i = 0; i < 4; i++) {
            adapters[i] = TestModels.adapter(store, temporary.resolve("adapter" + i), i);
        }
        try (ModelLease kept = pool.lease(base, adapters[0])) {
            for (int i = 1; i < 4; i++) {
                pool.lease(base, adapters[i]).close();
            }
            assertThat(pool.loaded().get(0).adapters()).containsExactlyInAnyOrder(adapters[0], adapters[3]);
            assertThat(kept.adapter()).isEqualTo(adapters[0]);
        }
    }

    @Test
    void aByteChangedInTheStoreIsNotServed() throws IOException {
        String base = TestModels.base(store, temporary.resolve("base"), "base");
        String weights = store.manifest(new Digest(base))
                .file("model.safetensors")
                .digest()
                .toString();
        TamperedBlob.change(temporary.resolve("store"), weights.substring("sha256:".length()));
        assertThatThrownBy(() -> pool.lease(base, null)).isInstanceOf(DamagedArtifactException.class);
        assertThat(loaded()).isEmpty();
    }

    @Test
    void aByteChangedSinceItWasFetchedIsNotServedByTheNextProcess() throws IOException {
        String base = TestModels.base(store, temporary.resolve("base"), "base");
        String adapter = TestModels.adapter(store, temporary.resolve("adapter"), 1);
        pool.lease(base, adapter).close();
        pool.close();
        String weights = store.manifest(new Digest(adapter))
                .file("adapter_model.safetensors")
                .digest();
        TamperedBlob.change(temporary.resolve("store"), weights.substring("sha256:".length()));

        pool = newPool();
        assertThatThrownBy(() -> pool.lease(base, adapter)).isInstanceOf(DamagedArtifactException.class);
        pool.lease(base, null).close();
    }

    @Test
    void aFolderChangedInTheCacheIsFetchedAnew() throws IOException {
        String base = TestModels.base(store, temporary.resolve("base"), "base");
        pool.lease(base, null).close();
        pool.close();
        Path cached = temporary.resolve("cache/artifacts").resolve(new Digest(base).hex());
        Path config = cached.resolve("config.json");
        String right = Files.readString(config);
        Files.delete(config);
        Files.writeString(config, right.replace('1', '2'));
        Files.writeString(cached.resolve("more.safetensors"), "x");

        pool = newPool();
        pool.lease(base, null).close();
        assertThat(config).hasContent(right);
        assertThat(cached.resolve("more.safetensors")).doesNotExist();
    }

    private List<String> loaded() {
        return pool.loaded().stream().map(LoadedModel::base).toList();
    }
}
