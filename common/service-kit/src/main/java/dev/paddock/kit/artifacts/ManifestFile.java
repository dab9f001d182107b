package dev.paddock.kit.artifacts;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.Arrays;

/** One file of a folder: its path with forward slashes, digest and length in bytes. */
@JsonPropertyOrder({"path", "digest", "size"})
public record ManifestFile(String path, String digest, long size) {
    public ManifestFile {
        boolean outside = path.isEmpty()
                || path.startsWith("/")
                || path.contains("\\")
                || path.contains(":")
                || path.indexOf('\0') >= 0
                || Arrays.stream(path.split("/", -1))
                        .anyMatch(part -> part.isEmpty() || part.equals(".") || part.equals(".."));
        if (outside) {
            throw new IllegalArgumentException("path leaves its folder: " + path);
        }
        if (size < 0) {
            throw new IllegalArgumentException("negative size of " + path);
        }
        if (!new Digest(digest).value().equals(digest)) {
            throw new IllegalArgumentException("not a digest: " + digest);
        }
    }

    Digest blob() {
        return new Digest(digest);
    }
}
