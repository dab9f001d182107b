package dev.paddock.kit.artifacts;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Makes the files that blobs are written to: the one place where the store meets the disk. */
public interface BlobFiles {
    /** Files of the operating system. */
    BlobFiles DISK =
            path -> new OnDisk(FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));

    /** A file that is not there yet. */
    Writing create(Path path) throws IOException;

    /** A file being written. */
    interface Writing extends Closeable {
        /** Writes all of it. */
        void write(ByteBuffer bytes) throws IOException;

        /** Returns once the disk has it. */
        void sync() throws IOException;
    }

    /** A file of the operating system. */
    record OnDisk(FileChannel channel) implements Writing {
        @Override
        public void write(ByteBuffer bytes) throws IOException {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        }

        @Override
        public void sync() throws IOException {
            channel.force(true);
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
