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

/** A file of any size in memory: mapped as a whole, or, of 2 GiB or more, part by part when asked for. */
final class MappedFile implements AutoCloseable {
    private final Path path;
    private final FileChannel channel;
    private final long size;
    private final @Nullable ByteBuffer whole;

    private MappedFile(Path path, FileChannel channel) throws IOException {
        this.path = path;
        this.channel = channel;
        size = channel.size();
        whole = size > Integer.MAX_VALUE ? null : channel.map(FileChannel.MapMode.READ_ONLY, 0, size);
    }

    static MappedFile open(Path path) {
        if (!Files.isRegularFile(path)) {
            throw new MalformedModelFileException(path + " is missing or no file");
        }
        try {
            return new MappedFile(path, FileChannel.open(path, StandardOpenOption.READ));
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
