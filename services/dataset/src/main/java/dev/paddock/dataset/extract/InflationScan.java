package dev.paddock.dataset.extract;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;

/**
 * Counts what the parts of a zip grow to, without keeping it, before a library reads them out of the same opened file: what
 * was counted is what is read, whatever else the file's bytes may look like.
 *
 * @param part most bytes of one part
 * @param all most bytes of all parts together
 * @param parts most parts
 */
record InflationScan(long part, long all, int parts) {
    private static final int BUFFER = 1 << 16;
    private static final int DIRECTORY_ENTRY = 0x504b0102; // PK 1 2

    /** Opens a zip whose every part is within the limits. */
    ZipFile open(Path file) throws IOException {
        refuseManyParts(file);
        ZipFile zip = opened(file);
        try {
            check(zip);
            return zip;
        } catch (IOException | IllegalArgumentException e) {
            zip.close();
            throw damaged(e);
        } catch (UnreadableDocumentException e) {
            zip.close();
            throw e;
        }
    }

    private static ZipFile opened(Path file) {
        try {
            return ZipFile.builder().setPath(file).get();
        } catch (IOException | IllegalArgumentException e) {
            throw damaged(e);
        }
    }

    private static UnreadableDocumentException damaged(Exception e) {
        return new UnreadableDocumentException("the file is damaged: " + e.getMessage(), e);
    }

    /** Counts the directory's entries by their signature, since opening the zip keeps each of them in memory. */
    private void refuseManyParts(Path file) throws IOException {
        int last = 0;
        int count = 0;
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), BUFFER)) {
            for (int value = in.read(); value >= 0; value = in.read()) {
                last = last << 8 | value;
                if (last == DIRECTORY_ENTRY && ++count > parts) {
                    throw new UnreadableDocumentException("the file has more than " + parts + " parts");
                }
            }
        }
    }

    private void check(ZipFile zip) throws IOException {
        long total = 0;
        byte[] buffer = new byte[BUFFER];
        for (ZipArchiveEntry entry : Collections.list(zip.getEntries())) {
            long size = 0;
            try (InputStream in = zip.getInputStream(entry)) {
                for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                    size += read;
                    total += read;
                    if (size > part || total > all) {
                        throw new UnreadableDocumentException("the part " + entry.getName() + " grows beyond "
                                + (size > part ? part : all) + " bytes: the file is a zip bomb, or split it");
                    }
                }
            }
        }
    }
}
