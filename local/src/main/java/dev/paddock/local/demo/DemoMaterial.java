package dev.paddock.local.demo;

import dev.paddock.local.home.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The fictional company's documents, and files of rows: its routed tickets, and what the base must not forget over them. */
public record DemoMaterial(List<File> documents, List<File> rows) {
    /** A file to upload. */
    @SuppressWarnings("ArrayRecordComponent") // read once, compared never
    public record File(String name, byte[] bytes) {}

    /** Reads the handbook under {@code folder} (sorted by name). */
    public static DemoMaterial of(Path folder, List<File> rows) {
        try (Stream<Path> files = Files.list(folder)) {
            List<File> documents = files.filter(Files::isRegularFile)
                    .sorted()
                    .map(DemoMaterial::read)
                    .toList();
            return new DemoMaterial(documents, rows);
        } catch (IOException e) {
            throw new UserError("the demonstration's documents are missing: " + folder, e);
        }
    }

    private static File read(Path file) {
        try {
            return new File(String.valueOf(file.getFileName()), Files.readAllBytes(file));
        } catch (IOException e) {
            throw new UserError("cannot read " + file, e);
        }
    }
}
