package dev.paddock.dataset.extract;

import java.io.IOException;
import java.io.InputStream;

/** Decodes ASCII base-85 as PDF writes it, up to its end mark {@code ~>}. */
final class Ascii85Stream extends InputStream {
    private final InputStream in;
    private final byte[] decoded = new byte[4];
    private int next;
    private int count;

    Ascii85Stream(InputStream in) {
        this.in = in;
    }

    @Override
    public int read() throws IOException {
        if (next == count) {
            fill();
        }
        return count == 0 ? -1 : decoded[next++] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int done = 0;
        for (int value = 0; done < length && (value = read()) >= 0; done++) {
            buffer[offset + done] = (byte) value;
        }
        return done == 0 && length > 0 ? -1 : done;
    }

    private void fill() throws IOException {
        long group = 0;
        int digits = 0;
        next = 0;
        count = 0;
        while (digits < 5) {
            int c = in.read();
            if (c == 'z' && digits == 0) {
                digits = 5;
            } else if (c < 0 || c == '~') {
                break;
            } else if (c >= '!' && c <= 'u') {
                group = group * 85 + (c - '!');
                digits++;
            }
        }
        if (digits < 2) {
            return;
        }
        for (int pad = digits; pad < 5; pad++) {
            group = group * 85 + 84;
        }
        for (int i = 0; i < 4; i++) {
            decoded[i] = (byte) (group >>> (24 - 8 * i));
        }
        count = digits - 1;
    }
}
