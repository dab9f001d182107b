package dev.paddock.local.suite;

import dev.paddock.embedded.FileLocks;
import dev.paddock.local.home.Home;
import dev.paddock.local.home.UserError;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Only one start of a home looks for a running suite and launches one at a time; another one waits its turn. */
final class StartLock implements AutoCloseable {
    private final FileChannel channel;

    private StartLock(FileChannel channel) {
        this.channel = channel;
    }

    static StartLock of(Home home, Duration limit) {
        Path file = home.run().resolve("start.lock");
        try {
            FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            long end = System.nanoTime() + limit.toNanos();
            while (FileLocks.tryLock(channel) == null) {
                if (System.nanoTime() > end) {
                    channel.close();
                    throw new UserError("another start of " + home.root()
                            + " goes on for long. Wait for it or end it, then start again.");
                }
                TimeUnit.MILLISECONDS.sleep(100);
            }
            return new StartLock(channel);
        } catch (IOException e) {
            throw new UserError("cannot lock " + file + ": " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UserError("interrupted", e);
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UserError("cannot release the start's lock: " + e.getMessage(), e);
        }
    }
}
