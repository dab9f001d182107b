package dev.paddock.benchmarks.serving;

import dev.paddock.benchmarks.TemporaryFolder;
import dev.paddock.llama.export.GgufFile;
import dev.paddock.llama.export.GgufType;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The file that both sides read: the model's own, or one in another type. */
final class ServedFile implements AutoCloseable {
    private final TemporaryFolder folder = new TemporaryFolder();
    private final Path path;

    /**
     * Writes a file where the type is not the model's own.
     *
     * @param model a GGUF file or a Hugging Face folder
     */
    ServedFile(Path model, GgufType type) {
        if (type == GgufType.AS_STORED) {
            path = model;
            return;
        }
        path = folder.path().resolve("model.gguf");
        try (OutputStream target = Files.newOutputStream(path)) {
            GgufFile.of(model, null, type).writeTo(target);
        } catch (IOException e) {
            folder.close();
            throw new UncheckedIOException(e);
        }
    }

    Path path() {
        return path;
    }

    @Override
    public void close() {
        folder.close();
    }
}
