package dev.paddock.worker.jobs;

import dev.paddock.contracts.lease.Lease;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** The lease in an attempt's folder, locked as long as this process runs the attempt: unlocked, the process has fallen. */
final class AttemptMark implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String FILE = "lease.json";

    private final Path folder;
    private final FileChannel channel;

    private AttemptMark(Path folder, FileChannel channel) {
        this.folder = folder;
        this.channel = channel;
    }

    /** The attempt's folder. */
    Path folder() {
        return folder;
    }

    /** Makes the folder and marks it. */
    static AttemptMark write(Path folder, Lease lease) {
        try {
            Files.createDirectories(folder);
            FileChannel channel = FileChannel.open(
                    folder.resolve(FILE),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.TRUNCATE_EXISTING,
                    StandardOpenOption.WRITE);
            channel.lock();
            channel.write(ByteBuffer.wrap(JSON.writeValueAsBytes(lease)));
            return new AttemptMark(folder, channel);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot begin an attempt in " + folder, e);
        }
    }

    /** Whether a process, this one or another, runs the attempt of a folder. */
    static boolean isHeld(Path folder) throws IOException {
        Path file = folder.resolve(FILE);
        if (!Files.exists(file)) {
            return false;
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
                FileLock lock = channel.tryLock()) {
            return lock == null;
        } catch (OverlappingFileLockException e) {
            return true;
        }
    }

    /** The lease of a folder, unless the process fell before it was whole. */
    static Optional<Lease> read(Path folder) throws IOException {
        Path file = folder.resolve(FILE);
        try {
            return Files.exists(file)
                    ? Optional.of(JSON.readValue(Files.readAllBytes(file), Lease.class))
                    : Optional.empty();
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
