package dev.paddock.dataset.extract;

import java.io.InputStream;
import java.nio.ByteBuffer;

/** A buffer's bytes from a position on, as a stream. */
final class BufferSlice extends InputStream {
    private final ByteBuffer bytes;

    BufferSlice(ByteBuffer bytes, int from) {
        this.bytes = bytes.duplicate();
        this.bytes.position(Math.min(from, bytes.limit()));
    }

    @Override
    public int read() {
        return bytes.hasRemaining() ? bytes.get() & 0xff : -1;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) {
        if (!bytes.hasRemaining()) {
            return -1;
        }
        int count = Math.min(length, bytes.remaining());
        bytes.get(buffer, offset, count);
        return count;
    }
}
