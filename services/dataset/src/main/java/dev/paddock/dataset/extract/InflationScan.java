package dev.paddock.dataset.extract;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;

/** Counts what compressed parts of a file grow to, without keeping it, before a library opens the file. */
final class InflationScan {
    private static final int BUFFER = 1 << 16;

    private InflationScan() {}

    /**
     * Bytes that the zlib data at the start of {@code data} grow to; stops counting above {@code most}.
     *
     * @param data read to the end of the compressed part and perhaps a little beyond
     */
    static long inflated(InputStream data, long most) throws IOException {
        Inflater inflater = new Inflater();
        byte[] in = new byte[8192];
        byte[] out = new byte[BUFFER];
        long total = 0;
        try {
            while (!inflater.finished() && total <= most) {
                if (inflater.needsInput()) {
                    int count = data.read(in);
                    if (count < 0) {
                        return total;
                    }
                    inflater.setInput(in, 0, count);
                }
                int grown = inflater.inflate(out);
                if (grown == 0 && inflater.needsDictionary()) {
                    return total;
                }
                total += grown;
            }
            return total;
        } catch (DataFormatException e) {
            return total;
        } finally {
            inflater.end();
        }
    }

    /** Refuses a zip of which one part grows above {@code part} bytes or all together above {@code all}. */
    static void zip(Path file, long part, long all, int entries) throws IOException {
        long total = 0;
        int count = 0;
        byte[] buffer = new byte[BUFFER];
        try (ZipInputStream zip = new ZipInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
            for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                long size = 0;
                for (int read = zip.read(buffer); read >= 0; read = zip.read(buffer)) {
                    size += read;
                    total += read;
                    if (size > part || total > all) {
                        throw new UnreadableDocumentException("the part " + entry.getName() + " grows beyond "
                                + (size > part ? part : all) + " bytes: the file is a zip bomb, or split it");
                    }
                }
                if (++count > entries) {
                    throw new UnreadableDocumentException("the file has more than " + entries + " parts");
                }
            }
        } catch (ZipException e) {
            throw new UnreadableDocumentException("the file is damaged: " + e.getMessage(), e);
        }
    }
}
