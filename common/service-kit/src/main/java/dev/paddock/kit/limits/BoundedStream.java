package dev.paddock.kit.limits;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.io.IOException;
import org.springframework.util.unit.DataSize;

/** Passes bytes on up to the bound; one more is a {@link BodyTooLargeException}. */
final class BoundedStream extends ServletInputStream {
    private final ServletInputStream in;
    private final DataSize bound;
    private long passed;

    BoundedStream(ServletInputStream in, DataSize bound) {
        this.in = in;
        this.bound = bound;
    }

    @Override
    public int read() throws IOException {
        int value = in.read();
        pass(value < 0 ? 0 : 1);
        return value;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int count = in.read(buffer, offset, length);
        pass(Math.max(0, count));
        return count;
    }

    private void pass(int count) throws IOException {
        passed += count;
        if (passed > bound.toBytes()) {
            throw new BodyTooLargeException(bound);
        }
    }

    @Override
    public boolean isFinished() {
        return in.isFinished();
    }

    @Override
    public boolean isReady() {
        return in.isReady();
    }

    @Override
    public void setReadListener(ReadListener listener) {
        throw new UnsupportedOperationException("the body is read synchronously");
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
