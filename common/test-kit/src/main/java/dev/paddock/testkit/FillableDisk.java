package dev.paddock.testkit;

import dev.paddock.kit.artifacts.BlobFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;

/** The real disk, until it is said to be full: then writes fail as the operating system's do, after what still fitted. */
public final class FillableDisk implements BlobFiles {
    private final AtomicLong room = new AtomicLong(Long.MAX_VALUE);

    /** Leaves room for so many bytes. */
    public void fill(long left) {
        room.set(left);
    }

    /** Gives all room back. */
    public void free() {
        room.set(Long.MAX_VALUE);
    }

    @Override
    public Writing create(Path path) throws IOException {
        Writing file = BlobFiles.DISK.create(path);
        return new Writing() {
            @Override
            public void write(ByteBuffer bytes) throws IOException {
                int wanted = bytes.remaining();
                long left = room.getAndUpdate(before -> Math.max(0, before - wanted));
                if (left < wanted) {
                    bytes.limit(bytes.position() + (int) left);
                    file.write(bytes);
                    throw new IOException("No space left on device");
                }
                file.write(bytes);
            }

            @Override
            public void sync() throws IOException {
                file.sync();
            }

            @Override
            public void close() throws IOException {
                file.close();
            }
        };
    }
}
