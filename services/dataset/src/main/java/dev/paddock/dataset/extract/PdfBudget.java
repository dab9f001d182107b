package dev.paddock.dataset.extract;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/**
 * How much of a PDF may be decoded: a stream is kept in memory while it is read, a page's streams together, and all of them
 * cost time. A stream that is read again counts again.
 */
final class PdfBudget {
    static final long ONE_STREAM = 64L << 20;
    static final long ONE_PAGE = 128L << 20;
    static final long ALL = 1L << 30;
    private static final long AT_LEAST = 4096;

    private long page;
    private long all;

    /** What was decoded so far can leave the memory. */
    void nextPage() {
        page = 0;
    }

    /** Takes {@code bytes} that are about to be read. */
    void take(long bytes) {
        page += bytes;
        all += bytes;
        refuseAbove(page, ONE_PAGE, "one page's streams");
        refuseAbove(all, ALL, "all streams");
    }

    /** Passes one stream's decoded bytes on, taking them. */
    OutputStream taking(OutputStream out) {
        take(AT_LEAST);
        return new FilterOutputStream(out) {
            private long stream;

            @Override
            public void write(int value) throws IOException {
                count(1);
                out.write(value);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                count(length);
                out.write(bytes, offset, length);
            }

            private void count(int length) {
                stream += length;
                refuseAbove(stream, ONE_STREAM, "one stream");
                take(length);
            }
        };
    }

    private static void refuseAbove(long bytes, long most, String what) {
        if (bytes > most) {
            throw new UnreadableDocumentException(
                    "the PDF's streams grow beyond " + most + " bytes (" + what + "): the file is a bomb, or split it");
        }
    }
}
