package dev.paddock.dataset.extract;

import java.io.IOException;
import java.io.InputStream;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the streams in a PDF's bytes and refuses what would grow beyond the limits when decoded, before a library decodes
 * it in memory. Images, which text extraction leaves alone, may be larger.
 */
final class PdfBombScan {
    private static final byte[] STREAM = "stream".getBytes(StandardCharsets.US_ASCII);
    private static final int DICTIONARY = 2048;
    private static final long ONE_STREAM = 64L << 20;
    private static final long ONE_IMAGE = 256L << 20;
    private static final long ALL_STREAMS = 512L << 20;
    private static final Pattern ESCAPE = Pattern.compile("#([0-9a-fA-F]{2})");

    private final MappedByteBuffer bytes;
    private long total;

    private PdfBombScan(MappedByteBuffer bytes) {
        this.bytes = bytes;
    }

    static void check(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file)) {
            new PdfBombScan(channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size())).scan();
        }
    }

    private void scan() throws IOException {
        for (int at = next(0); at >= 0; at = next(at + STREAM.length)) {
            String dictionary = dictionary(at);
            boolean packedOtherwise = dictionary.contains("LZWDecode")
                    || dictionary.contains("RunLengthDecode")
                    || dictionary.contains("ASCIIHexDecode")
                    || dictionary.indexOf("FlateDecode") != dictionary.lastIndexOf("FlateDecode");
            boolean image = dictionary.contains("/Image");
            if (packedOtherwise && !image) {
                throw new UnreadableDocumentException(
                        "the PDF packs a stream in an outdated way: print it to a new PDF");
            }
            count(at + STREAM.length, dictionary.contains("ASCII85Decode"), image);
        }
    }

    private void count(int start, boolean ascii85, boolean image) throws IOException {
        int data = start;
        while (data < bytes.limit() && (bytes.get(data) == '\r' || bytes.get(data) == '\n')) {
            data++;
        }
        InputStream raw = new BufferSlice(bytes, data);
        long most = image ? ONE_IMAGE : ONE_STREAM;
        long size = InflationScan.inflated(ascii85 ? new Ascii85Stream(raw) : raw, most);
        total += image ? 0 : size;
        if (size > most || total > ALL_STREAMS) {
            throw new UnreadableDocumentException("the PDF's streams grow beyond " + (size > most ? most : ALL_STREAMS)
                    + " bytes: the file is a bomb, or split it");
        }
    }

    /** The text between the object's beginning and its stream. */
    private String dictionary(int at) {
        int from = Math.max(0, at - DICTIONARY);
        byte[] before = new byte[at - from];
        bytes.get(from, before);
        String text = new String(before, StandardCharsets.ISO_8859_1);
        String own = text.substring(Math.max(0, text.lastIndexOf(" obj")));
        return ESCAPE.matcher(own)
                .replaceAll(escape ->
                        Matcher.quoteReplacement(String.valueOf((char) Integer.parseInt(escape.group(1), 16))));
    }

    private int next(int from) {
        for (int at = from; at <= bytes.limit() - STREAM.length; at++) {
            if (bytes.get(at) == 's' && matches(at) && (at < 3 || bytes.get(at - 1) != 'd')) {
                return at;
            }
        }
        return -1;
    }

    private boolean matches(int at) {
        for (int i = 1; i < STREAM.length; i++) {
            if (bytes.get(at + i) != STREAM[i]) {
                return false;
            }
        }
        return true;
    }
}
