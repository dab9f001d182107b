package dev.paddock.local.cli;

import dev.paddock.local.home.UserError;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A file that a long command writes at its end. */
final class OutputFile {
    private OutputFile() {}

    /** Refuses a file that could not be written in the end. */
    static void requireFolder(String option, @Nullable Path file) {
        if (file == null) {
            return;
        }
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            throw new UserError(option + " " + file + ": there is no folder " + folder + ". Make it first.");
        }
        if (Files.isDirectory(file)) {
            throw new UserError(option + " " + file + " is a folder. Name a file.");
        }
    }
}
