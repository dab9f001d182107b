package dev.paddock.llama.weights;

import dev.paddock.llama.config.MalformedModelFileException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** A file of any size whose parts are mapped into memory when asked for; a small one, such as an adapter's many small tensors, as a whole. */
final class MappedFile implements AutoCloseable {
    /** Bytes up to which a file is small: its memory stays taken as long as any part is in use. */
    private static final long SMALL = 64 << 20;

    private final Path path;
    private final FileChannel channel;
    private final long size;
    private final @Nullable ByteBuffer whole;

    private MappedFile(Path path, FileChannel channel, long size, @Nullable ByteBuffer whole) {
        this.path = path;
        this.channel = channel;
        this.size = size;
        this.whole = whole;
    }

    static MappedFile open(Path path) {
        if (!Files.isRegularFile(path)) {
            throw new MalformedModelFileException(path + " is missing or no file");
        }
        try {
            FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
            long size = channel.size();
            ByteBuffer whole = size > SMALL ? null : channel.map(FileChannel.MapMode.READ_ONLY, 0, size);
            return new MappedFile(path, channel, size, whole);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    long size() {
        return size;
    }

    /** Read-only, little endian; a mapped part stays readable after the file is closed. */
    ByteBuffer part(long offset, int length) {
        if (offset < 0 || length < 0 || offset > size - length) {
            throw malformed("bytes " + offset + " to " + (offset + length) + " lie outside its " + size + " bytes");
        }
        try {
            ByteBuffer part = whole == null
                    ? channel.map(FileChannel.MapMode.READ_ONLY, offset, length)
                    : whole.slice((int) offset, length);
            return part.order(ByteOrder.LITTLE_ENDIAN);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    MalformedModelFileException malformed(String rule) {
        return new MalformedModelFileException(path.getFileName() + ": " + rule);
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
