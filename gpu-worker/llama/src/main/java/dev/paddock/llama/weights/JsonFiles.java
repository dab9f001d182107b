package dev.paddock.llama.weights;

import dev.paddock.llama.config.MalformedModelFileException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Small JSON files that lie with a model. */
public final class JsonFiles {
    private static final long MOST_BYTES = 64 << 20;

    private JsonFiles() {}

    /**
     * Reads a file of at most 64 MiB.
     *
     * @throws MalformedModelFileException where it is missing, too long or no JSON
     */
    public static JsonNode read(Path path) {
        try {
            if (!Files.isRegularFile(path) || Files.size(path) > MOST_BYTES) {
                throw new MalformedModelFileException(path + " is missing or longer than " + MOST_BYTES + " bytes");
            }
            return JsonMapper.shared().readTree(Files.readAllBytes(path));
        } catch (JacksonException failure) {
            throw new MalformedModelFileException(path + " is no JSON: " + failure.getOriginalMessage(), failure);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
