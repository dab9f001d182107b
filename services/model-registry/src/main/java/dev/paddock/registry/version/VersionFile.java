package dev.paddock.registry.version;

import dev.paddock.kit.artifacts.FolderZip;
import dev.paddock.registry.artifact.Downloads;
import java.util.Objects;
import java.util.function.Supplier;
import org.springframework.http.MediaType;

/**
 * A version as one file.
 *
 * @param tag names the bytes
 * @param ending of its name
 * @param content asks for the bytes; what can go wrong before the first one is a problem then
 */
record VersionFile(String tag, String ending, MediaType type, Supplier<FolderZip.Content> content) {
    private static final MediaType ZIP = MediaType.parseMediaType("application/zip");

    static VersionFile of(ModelVersion version, DownloadRequest request, Downloads downloads) {
        request.requireFor(version.kind());
        String digest = version.digest();
        return switch (request.formatOrFolder()) {
            case GGUF ->
                new VersionFile(
                        digest + "-gguf-" + request.typeOrStored() + (request.mergesAdapter() ? "-merged" : ""),
                        ".gguf",
                        MediaType.APPLICATION_OCTET_STREAM,
                        () -> gguf(version, request, downloads));
            case HUGGINGFACE ->
                version.kind().whole() && downloads.isGguf(digest)
                        ? zip(digest + "-huggingface", () -> downloads.huggingFace(version.tenant(), digest))
                        : zip(digest, () -> downloads.stored(digest));
            case IMPORTED -> zip(digest, () -> downloads.stored(digest));
        };
    }

    private static FolderZip.Content gguf(ModelVersion version, DownloadRequest request, Downloads downloads) {
        if (version.kind().whole()) {
            return downloads.gguf(version.tenant(), version.digest(), request.typeOrStored());
        }
        String base = Objects.requireNonNull(version.origin().baseDigest());
        return request.mergesAdapter()
                ? downloads.mergedGguf(version.tenant(), base, version.digest(), request.typeOrStored())
                : downloads.adapterGguf(version.tenant(), base, version.digest());
    }

    private static VersionFile zip(String tag, Supplier<FolderZip.Content> content) {
        return new VersionFile(tag, ".zip", ZIP, content);
    }
}
