package dev.paddock.local.model;

import dev.paddock.kit.artifacts.ArtifactStore;
import dev.paddock.local.client.RestApi;
import dev.paddock.local.home.UserError;
import dev.paddock.local.model.ModelPuller.Pulled;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** Puts a pulled model into the artifact store and registers it as a base version, on record by {@code platform}. */
public final class ModelImport {
    private final ArtifactStore store;
    private final RestApi platform;
    private final Path temporary;

    /** Reads models where they are and writes beside none of them, but under {@code temporary}. */
    public ModelImport(ArtifactStore store, RestApi platform, Path temporary) {
        this.store = store;
        this.platform = platform;
        this.temporary = temporary;
    }

    /** Registers a base; the same files again give the version that is already there. */
    public JsonNode base(Pulled pulled) {
        String digest = store(pulled.path());
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("name", pulled.name());
        body.put("digest", digest);
        body.put("format", format(pulled.path()));
        body.put("source", pulled.source());
        body.put("licence", pulled.licence());
        return platform.post("/api/v1/bases", body, "base-" + pulled.name() + "-" + digest);
    }

    /** Registers a guard adapter of a base version. */
    public JsonNode guard(String name, Path folder, String baseVersionId, String source) {
        String digest = store(folder);
        Map<String, Object> body =
                Map.of("name", name, "digest", digest, "baseVersionId", baseVersionId, "source", source);
        return platform.post("/api/v1/guards", body, "guard-" + name + "-" + baseVersionId + "-" + digest);
    }

    private String store(Path path) {
        try {
            if (Files.isDirectory(path)) {
                return store.putFolder(path).toString();
            }
            Path single = Files.createTempDirectory(temporary, "import");
            Path file = single.resolve(Objects.requireNonNull(path.getFileName()));
            try {
                linkOrCopy(path.toRealPath(), file);
                return store.putFolder(single).toString();
            } finally {
                Files.deleteIfExists(file);
                Files.deleteIfExists(single);
            }
        } catch (IOException e) {
            throw new UserError("cannot store " + path + ": " + e.getMessage(), e);
        }
    }

    /** Copies where there can be no link: on another file system, or to a file of somebody else. */
    private static void linkOrCopy(Path from, Path to) throws IOException {
        try {
            Files.createLink(to, from);
        } catch (IOException | UnsupportedOperationException e) {
            Files.copy(from, to);
        }
    }

    private static String format(Path path) {
        if (Files.isRegularFile(path)) {
            return "gguf";
        }
        try (Stream<Path> files = Files.list(path)) {
            return files.anyMatch(f -> f.toString().endsWith(".gguf")) ? "gguf" : "huggingface";
        } catch (IOException e) {
            throw new UserError("cannot read " + path + ": " + e.getMessage(), e);
        }
    }
}
