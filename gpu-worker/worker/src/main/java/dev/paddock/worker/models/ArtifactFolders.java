package dev.paddock.worker.models;

import dev.paddock.kit.artifacts.ArtifactStore;
import dev.paddock.kit.artifacts.Digest;
import dev.paddock.kit.problem.ProblemException;
import dev.paddock.worker.WorkerProperties;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.util.FileSystemUtils;

/**
 * Artifacts laid out as folders in this worker's cache, each checked byte by byte when it is laid out, and once more by every
 * process that finds it there: a folder that is no longer what its digest names is fetched anew. One that is being fetched keeps
 * only those waiting who ask for it.
 */
@Component
public class ArtifactFolders {
    private static final Logger LOG = LoggerFactory.getLogger(ArtifactFolders.class);
    private static final String DRAFT = ".draft";

    private final ArtifactStore store;
    private final StoreState state;
    private final Path root;
    private final Set<Digest> checked = ConcurrentHashMap.newKeySet();
    private final Map<Digest, Object> locks = new ConcurrentHashMap<>();

    ArtifactFolders(ArtifactStore store, StoreState state, WorkerProperties properties) {
        this.store = store;
        this.state = state;
        this.root = properties.cache().resolve("artifacts");
        removeDrafts();
    }

    /**
     * The folder of an artifact, fetched where it is not here yet.
     *
     * @throws ProblemException for a digest that is none, an artifact that is not there, or a store that does not answer
     */
    public Path folder(String name) {
        Digest digest = digest(name);
        Path folder = root.resolve(digest.hex());
        synchronized (locks.computeIfAbsent(digest, key -> new Object())) {
            if (!checked.contains(digest) || !Files.isDirectory(folder)) {
                provide(digest, folder);
                checked.add(digest);
            }
        }
        return folder;
    }

    private void provide(Digest digest, Path folder) {
        try {
            if (!FolderCheck.holds(folder, store.manifest(digest))) {
                fetch(digest, folder);
            }
            state.answered();
        } catch (NoSuchFileException e) {
            if (!store.hasContent()) {
                throw away(digest, e);
            }
            throw new ProblemException(
                    ServingProblem.UNKNOWN_ARTIFACT, "the store has no artifact " + digest + "; check the digest", e);
        } catch (IOException e) {
            throw away(digest, e);
        }
    }

    private ProblemException away(Digest digest, IOException e) {
        state.away(e);
        return new ProblemException(
                ServingProblem.STORE_UNAVAILABLE,
                "artifact " + digest + " is not loaded and the artifact store does not give it (" + e
                        + "); what is loaded goes on being served",
                e);
    }

    /** Looks whether the store still has what is deployed, which is in memory and needs no look at it to be served. */
    public void checkStore(Set<String> digests) {
        try {
            for (String digest : digests) {
                store.size(new Digest(digest));
            }
            state.answered();
        } catch (IOException e) {
            state.away(e);
        }
    }

    /** A process that was killed in the middle of fetching left a draft, which nothing reads. */
    private void removeDrafts() {
        try (DirectoryStream<Path> drafts = Files.newDirectoryStream(root, "*" + DRAFT)) {
            for (Path draft : drafts) {
                FileSystemUtils.deleteRecursively(draft);
            }
        } catch (NoSuchFileException e) {
            // nothing was ever fetched
        } catch (IOException e) {
            LOG.warn("what an earlier process left in {} stays there: {}", root, e.toString());
        }
    }

    private void fetch(Digest digest, Path folder) throws IOException {
        Path draft = root.resolve(digest.hex() + DRAFT);
        FileSystemUtils.deleteRecursively(draft);
        Files.createDirectories(root);
        store.verify(digest);
        store.materialize(digest, draft);
        FileSystemUtils.deleteRecursively(folder);
        Files.move(draft, folder, StandardCopyOption.ATOMIC_MOVE);
    }

    private static Digest digest(String name) {
        try {
            return new Digest(name);
        } catch (IllegalArgumentException e) {
            throw ProblemException.invalid("model", name, "a digest is sha256: and 64 hexadecimal digits");
        }
    }
}
