package dev.paddock.llama.tiny;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The tiny model that comes with this library, a Hugging Face folder made by {@link TinyModel}. */
public final class TinyModelFiles {
    /** Name under which the tiny model is known. */
    public static final String NAME = "paddock-tiny";

    private static final List<String> FILES =
            List.of("config.json", "model.safetensors", "tokenizer.json", "tokenizer_config.json");
    private static @Nullable Path folder;

    private TinyModelFiles() {}

    /** Writes the model's files into a folder, which is made where there is none. */
    public static void copyTo(Path folder) {
        try {
            Files.createDirectories(folder);
            for (String file : FILES) {
                try (InputStream in = TinyModelFiles.class.getResourceAsStream("model/" + file)) {
                    if (in == null) {
                        throw new IllegalStateException("the tiny model's " + file + " is not on the class path");
                    }
                    Files.copy(in, folder.resolve(file), StandardCopyOption.REPLACE_EXISTING);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A folder with the model's files that lasts as long as this JVM. */
    public static synchronized Path folder() {
        if (folder == null) {
            try {
                folder = Files.createTempDirectory(NAME);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            copyTo(folder);
            folder.toFile().deleteOnExit();
            for (String file : FILES) {
                folder.resolve(file).toFile().deleteOnExit();
            }
        }
        return folder;
    }
}
