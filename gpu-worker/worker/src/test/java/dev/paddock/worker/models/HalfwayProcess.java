package dev.paddock.worker.models;

import dev.paddock.kit.artifacts.ArtifactStore;
import dev.paddock.kit.artifacts.BlobFiles;
import dev.paddock.kit.artifacts.Digest;
import dev.paddock.kit.artifacts.FolderArtifactStore;
import dev.paddock.kit.artifacts.ManifestFile;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A process that comes halfway through fetching or storing an artifact, says so, and waits to be killed. Arguments: {@code fetch},
 * a store's folder, a cache's folder and a digest; or {@code put}, a store's folder and the folder to store.
 */
final class HalfwayProcess {
    static final String HALFWAY = "halfway";
    private static final int WHOLE_FILES = 2;

    private HalfwayProcess() {}

    public static void main(String[] arguments) throws IOException {
        Path store = Path.of(arguments[1]);
        Path folder = Path.of(arguments[2]);
        if (arguments[0].equals("put")) {
            AtomicInteger files = new AtomicInteger();
            BlobFiles halting = path -> files.incrementAndGet() <= WHOLE_FILES
                    ? BlobFiles.DISK.create(path)
                    : new Halting(BlobFiles.DISK.create(path));
            new FolderArtifactStore(store, halting).putFolder(folder);
        } else {
            TestPools.folders(halting(new FolderArtifactStore(store)), folder, new SimpleMeterRegistry())
                    .folder(arguments[3]);
        }
    }

    /** Writes half of what it is given. */
    private record Halting(BlobFiles.Writing file) implements BlobFiles.Writing {
        @Override
        public void write(ByteBuffer bytes) throws IOException {
            file.write(bytes.slice(0, bytes.remaining() / 2));
            standStill();
        }

        @Override
        public void sync() throws IOException {
            file.sync();
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }

    /** A store that lays out one file of a folder. */
    private static ArtifactStore halting(FolderArtifactStore store) {
        return (ArtifactStore) Proxy.newProxyInstance(
                HalfwayProcess.class.getClassLoader(), new Class<?>[] {ArtifactStore.class}, (proxy, method, given) -> {
                    if (method.getName().equals("materialize")) {
                        ManifestFile first =
                                store.manifest((Digest) given[0]).files().get(0);
                        Path file = ((Path) given[1]).resolve(first.path());
                        Files.createDirectories(file.getParent());
                        Files.copy(store.open(new Digest(first.digest())), file);
                        standStill();
                    }
                    try {
                        return method.invoke(store, given);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private static void standStill() {
        System.out.println(HALFWAY);
        try {
            Thread.sleep(Duration.ofMinutes(5).toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
