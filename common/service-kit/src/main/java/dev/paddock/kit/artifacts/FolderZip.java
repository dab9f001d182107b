package dev.paddock.kit.artifacts;

import java.io.IOException;
import java.io.OutputStream;
import java.time.LocalDateTime;
import java.util.Map;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** A folder as a ZIP stream: same files, same bytes. Weights hardly compress, so speed goes first. */
public final class FolderZip {
    /** The earliest time that a ZIP can tell. */
    private static final LocalDateTime TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

    private FolderZip() {}

    /** One file's content. */
    @FunctionalInterface
    public interface Content {
        /** Writes all bytes and leaves {@code target} open. */
        void writeTo(OutputStream target) throws IOException;
    }

    /** Writes files by their path, in the map's order, and leaves {@code target} open. */
    public static void write(Map<String, Content> files, OutputStream target) throws IOException {
        ZipOutputStream zip = new ZipOutputStream(target);
        zip.setLevel(Deflater.BEST_SPEED);
        for (Map.Entry<String, Content> file : files.entrySet()) {
            ZipEntry entry = new ZipEntry(file.getKey());
            entry.setTimeLocal(TIME);
            zip.putNextEntry(entry);
            file.getValue().writeTo(zip);
            zip.closeEntry();
        }
        zip.finish();
        zip.flush();
    }
}
