package dev.paddock.embedded;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Holds a data folder for this JVM; the operating system releases it when the JVM dies, however it dies. */
final class HomeLock implements AutoCloseable {
    private final FileChannel channel;

    private HomeLock(FileChannel channel) {
        this.channel = channel;
    }

    static HomeLock of(Path home) {
        try {
            Files.createDirectories(home);
            FileChannel channel =
                    FileChannel.open(home.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (FileLocks.tryLock(channel) == null) {
                channel.close();
                throw new EmbeddedStartException(home + " is in use by another process: stop it first");
            }
            return new HomeLock(channel);
        } catch (IOException e) {
            throw new EmbeddedStartException("cannot write in " + home + ": choose a folder this user may write", e);
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new IllegalStateException("cannot release the folder lock", e);
        }
    }
}
