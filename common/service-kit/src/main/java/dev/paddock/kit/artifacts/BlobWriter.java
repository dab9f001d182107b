package dev.paddock.kit.artifacts;

import dev.paddock.kit.problem.CommonProblem;
import dev.paddock.kit.problem.ProblemException;
import dev.paddock.kit.problem.StorageProblems;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;

/** Writes bytes aside, syncs them to the disk and renames them to the place of their digest. */
final class BlobWriter {
    private static final int BUFFER = 1 << 17;
    private final Path incoming;
    private final BlobFiles files;

    BlobWriter(Path incoming, BlobFiles files) {
        this.incoming = incoming;
        this.files = files;
    }

    Digest write(InputStream content, Function<Digest, Path> place) throws IOException {
        Files.createDirectories(incoming);
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
