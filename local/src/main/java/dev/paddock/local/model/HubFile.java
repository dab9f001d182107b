package dev.paddock.local.model;

import java.io.IOException;
import java.net.http.HttpHeaders;
import java.nio.file.Path;

/** What the hub says of a file: its size and its digest (SHA-256 of large files, git's blob SHA-1 of small ones). */
record HubFile(String etag, long size) {
    static HubFile of(HttpHeaders headers) {
        String etag = headers.firstValue("x-linked-etag")
                .or(() -> headers.firstValue("etag"))
                .orElse("");
        long size = headers.firstValueAsLong("x-linked-size")
                .orElse(headers.firstValueAsLong("content-length").orElse(-1));
        return new HubFile(etag.replace("W/", "").replace("\"", ""), size);
    }

    boolean matches(Path file) throws IOException {
        return switch (etag.length()) {
            case 64 -> FileDigests.sha256(file).equals(etag);
            case 40 -> FileDigests.gitBlob(file).equals(etag);
            default -> false;
        };
    }

    boolean hasDigest() {
        return etag.matches("[0-9a-f]{64}|[0-9a-f]{40}");
    }
}
