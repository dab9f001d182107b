package dev.paddock.worker.models;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.kit.artifacts.Digest;
import dev.paddock.kit.artifacts.FolderArtifactStore;
import dev.paddock.worker.TestModels;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Processes that are killed in the middle of fetching an artifact, and of storing one. */
final class KilledFetchTest {
    @TempDir
    Path temporary;

    private Path storeFolder;
    private Path cache;
    private String base;

    @BeforeEach
    void fill() throws IOException {
        storeFolder = temporary.resolve("store");
        cache = temporary.resolve("cache");
        base = TestModels.base(new FolderArtifactStore(storeFolder), temporary.resolve("base"), "base");
    }

    @Test
    void halfAFetchedArtifactIsNeverSeenAndTheNextProcessFetchesAll() throws Exception {
        kill("fetch", storeFolder, cache, base);
        assertThat(names(cache.resolve("artifacts")))
                .as("what the killed process left")
                .containsExactly(new Digest(base).hex() + ".draft");

        FolderArtifactStore store = new FolderArtifactStore(storeFolder);
        ArtifactFolders folders = TestPools.folders(store, cache, new SimpleMeterRegistry());
        assertThat(names(cache.resolve("artifacts"))).isEmpty();
        Path folder = folders.folder(base);
        assertThat(FolderCheck.holds(folder, store.manifest(new Digest(base)))).isTrue();
        assertThat(names(cache.resolve("artifacts"))).containsExactly(new Digest(base).hex());
    }

    @Test
    void halfAStoredArtifactHasNoDigestAndTheNextProcessStoresAll() throws Exception {
        Path fresh = temporary.resolve("fresh");
        kill("put", fresh, temporary.resolve("base"), "");
        FolderArtifactStore store = new FolderArtifactStore(fresh);
        assertThat(store.exists(new Digest(base))).isFalse();
        assertThat(store.hasContent()).as("a part of the files was there").isTrue();

        assertThat(store.putFolder(temporary.resolve("base")).value()).isEqualTo(base);
        store.verify(new Digest(base));
    }

    private static void kill(String task, Path store, Path folder, String digest)
            throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        HalfwayProcess.class.getName(),
                        task,
                        store.toString(),
                        folder.toString(),
                        digest)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader lines = process.inputReader()) {
            assertThat(lines.lines().anyMatch(HalfwayProcess.HALFWAY::equals))
                    .as("the process came halfway")
                    .isTrue();
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> String.valueOf(file.getFileName())).toList();
        }
    }
}
