package dev.paddock.worker.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.kit.artifacts.FolderArtifactStore;
import dev.paddock.kit.problem.ProblemException;
import dev.paddock.worker.TestModels;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A worker whose artifact store goes away says so and serves what is loaded. */
final class LostStoreTest {
    @TempDir
    Path temporary;

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private FolderArtifactStore store;
    private ArtifactFolders folders;
    private ModelPool pool;
    private String base;
    private String loaded;
    private String other;

    @BeforeEach
    void start() throws IOException {
        store = new FolderArtifactStore(temporary.resolve("store"));
        folders = TestPools.folders(store, temporary.resolve("cache"), registry);
        pool = TestPools.of(folders, new SimpleMeterRegistry(), 2);
        base = TestModels.base(store, temporary.resolve("base"), "base");
        loaded = TestModels.adapter(store, temporary.resolve("loaded"), 1);
        other = TestModels.adapter(store, temporary.resolve("other"), 2);
        pool.lease(base, loaded).close();
    }

    @AfterEach
    void stop() {
        pool.close();
    }

    @Test
    void whatIsLoadedIsServedAndTheRestWaitsForTheStore() throws IOException {
        assertThat(up()).isEqualTo(1);
        Path away = Files.move(temporary.resolve("store"), temporary.resolve("away"));

        pool.lease(base, loaded).close();
        assertThatThrownBy(() -> pool.lease(base, other))
                .isInstanceOfSatisfying(ProblemException.class, problem -> assertThat(problem.code())
                        .isEqualTo(ServingProblem.STORE_UNAVAILABLE))
                .hasMessageContaining("what is loaded goes on being served");
        assertThat(up()).isZero();

        Files.move(away, temporary.resolve("store"));
        pool.lease(base, other).close();
        assertThat(up()).isEqualTo(1);
    }

    @Test
    void aLookAtWhatIsDeployedNoticesItBeforeAnybodyAsks() throws IOException {
        Path away = Files.move(temporary.resolve("store/blobs"), temporary.resolve("away"));
        folders.checkStore(Set.of(base, loaded));
        assertThat(up()).isZero();
        Files.move(away, temporary.resolve("store/blobs"));
        folders.checkStore(Set.of(base, loaded));
        assertThat(up()).isEqualTo(1);
    }

    @Test
    void anUnknownDigestIsNoFaultOfTheStore() {
        assertThatThrownBy(() -> pool.lease(base, TestModels.unknown()))
                .isInstanceOfSatisfying(ProblemException.class, problem -> assertThat(problem.code())
                        .isEqualTo(ServingProblem.UNKNOWN_ARTIFACT));
        assertThat(up()).isEqualTo(1);
    }

    private double up() {
        return registry.get("paddock.artifact_store_up").gauge().value();
    }
}
