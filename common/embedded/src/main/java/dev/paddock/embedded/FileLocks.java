package dev.paddock.embedded;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import org.jspecify.annotations.Nullable;

/** Locks of the operating system, which releases them when the process dies, however it dies. */
public final class FileLocks {
    private FileLocks() {}

    /** Locks a file at once; null where another process, or this JVM, holds it already. */
    public static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }
}
