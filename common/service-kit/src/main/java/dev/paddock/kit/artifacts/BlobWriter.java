package dev.paddock.kit.artifacts;

import dev.paddock.kit.problem.CommonProblem;
import dev.paddock.kit.problem.ProblemException;
import dev.paddock.kit.problem.StorageProblems;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/**
 * Writes bytes aside, syncs them to the disk and renames them to the place of their digest. What a process left that was killed while it
 * wrote is removed after a day.
 */
final class BlobWriter {
    private static final int BUFFER = 1 << 17;
    private static final Duration ABANDONED = Duration.ofDays(1);
    private final Path incoming;
    private final BlobFiles files;
    private final AtomicBoolean swept = new AtomicBoolean();

    BlobWriter(Path incoming, BlobFiles files) {
        this.incoming = incoming;
        this.files = files;
    }

    Digest write(InputStream content, Function<Digest, Path> place) throws IOException {
        Files.createDirectories(incoming);
        if (swept.compareAndSet(false, true)) {
            sweep();
        }
        Path fresh = incoming.resolve(UUID.randomUUID().toString());
        try {
            Digest digest = copy(content, fresh);
            Path target = place.apply(digest);
            Path parent = Objects.requireNonNull(target.getParent());
            Files.createDirectories(parent);
            Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            sync(parent);
            return digest;
        } catch (IOException e) {
            throw explain(e);
        } finally {
            Files.deleteIfExists(fresh);
        }
    }

    private void sweep() throws IOException {
        FileTime oldest = FileTime.from(Instant.now().minus(ABANDONED));
        try (DirectoryStream<Path> left = Files.newDirectoryStream(incoming)) {
            for (Path file : left) {
                try {
                    if (Files.getLastModifiedTime(file).compareTo(oldest) < 0) {
                        Files.deleteIfExists(file);
                    }
                } catch (NoSuchFileException e) {
                    // its writer has put it in its place
                }
            }
        }
    }

    private Digest copy(InputStream content, Path fresh) throws IOException {
        MessageDigest algorithm = Digest.sha256();
        try (BlobFiles.Writing file = files.create(fresh)) {
            byte[] buffer = new byte[BUFFER];
            for (int count = content.read(buffer); count >= 0; count = content.read(buffer)) {
                algorithm.update(buffer, 0, count);
                file.write(ByteBuffer.wrap(buffer, 0, count));
            }
            file.sync();
        }
        if (!fresh.toFile().setReadOnly()) {
            throw new IOException("cannot protect " + fresh);
        }
        return Digest.of(algorithm);
    }

    private static void sync(Path folder) throws IOException {
        if (System.getProperty("os.name", "").toLowerCase(Locale.ROOT).contains("windows")) {
            return;
        }
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private static IOException explain(IOException e) {
        if (StorageProblems.isDiskFull(e)) {
            throw new ProblemException(
                    CommonProblem.INSUFFICIENT_STORAGE, "the artifact store's disk is full: free some space", e);
        }
        return e;
    }
}
