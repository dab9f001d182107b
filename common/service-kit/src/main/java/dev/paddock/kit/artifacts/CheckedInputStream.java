package dev.paddock.kit.artifacts;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;

/** Digests what is read and refuses the end of the stream when the digest differs. */
final class CheckedInputStream extends FilterInputStream {
    private final Digest expected;
    private final MessageDigest algorithm = Digest.sha256();
    private boolean checked;

    CheckedInputStream(InputStream in, Digest expected) {
        super(in);
        this.expected = expected;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int count = super.read(buffer, offset, length);
        if (count > 0) {
            algorithm.update(buffer, offset, count);
        } else if (count < 0 && !checked) {
            checked = true;
            if (!Digest.of(algorithm).equals(expected)) {
                throw new DamagedArtifactException("the stored bytes of " + expected + " have changed");
            }
        }
        return count;
    }

    @Override
    public long skip(long count) throws IOException {
        byte[] buffer = new byte[(int) Math.min(count, 8192)];
        return Math.max(0, read(buffer, 0, buffer.length));
    }

    @Override
    public boolean markSupported() {
        return false;
    }
}
