package dev.paddock.kit.artifacts;

import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** The files of a folder, sorted by path; serialised without spaces in UTF-8, so that equal folders have equal digests. */
public record Manifest(List<ManifestFile> files) {
    private static final JsonMapper JSON = new JsonMapper();

    public Manifest {
        files = files.stream().sorted(Comparator.comparing(ManifestFile::path)).toList();
        if (files.stream().map(ManifestFile::path).distinct().count() != files.size()) {
            throw new IllegalArgumentException("a manifest names a path twice");
        }
    }

    public byte[] bytes() {
        return JSON.writeValueAsString(this).getBytes(StandardCharsets.UTF_8);
    }

    /** @throws DamagedArtifactException when the bytes are no manifest or a path leaves its folder */
    static Manifest parse(Digest digest, byte[] bytes) {
        try {
            return JSON.readValue(bytes, Manifest.class);
        } catch (JacksonException e) {
            throw new DamagedArtifactException(digest + " is no folder manifest: " + e.getOriginalMessage());
        } catch (IllegalArgumentException | NullPointerException e) {
            throw new DamagedArtifactException(digest + " is no folder manifest: " + e.getMessage());
        }
    }

    public ManifestFile file(String path) {
        return files.stream()
                .filter(file -> file.path().equals(path))
                .findFirst()
                .orElseThrow(() -> new DamagedArtifactException("the folder has no file " + path));
    }

    /** The bytes of all files together. */
    public long size() {
        return files.stream().mapToLong(ManifestFile::size).sum();
    }
}
