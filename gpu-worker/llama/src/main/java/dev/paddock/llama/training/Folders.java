package dev.paddock.llama.training;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;

/** Folders that are found under their name only when they are whole. */
final class Folders {
    private Folders() {}

    /** Fills a folder. */
    interface Filler {
        void fill(Path temporary) throws IOException;
    }

    /** Fills a folder beside {@code folder} and then gives it its name; a folder of that name is replaced. */
    static void writeWhole(Path folder, Filler filler) {
        Path absolute = folder.toAbsolutePath();
        Path temporary = absolute.resolveSibling(".writing-" + absolute.getFileName());
        try {
            delete(temporary);
            Files.createDirectories(temporary);
            filler.fill(temporary);
            delete(absolute);
            Files.move(temporary, absolute, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Deletes a folder with all that is in it; nothing happens where there is none. */
    static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (var paths = Files.walk(folder)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
