package dev.paddock.dataset;

import dev.paddock.kit.artifacts.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import org.springframework.web.multipart.MultipartFile;

/** An uploaded file beside the store, digested, gone when closed. */
public record TemporaryFile(Path path, Digest digest) implements AutoCloseable {
    public static TemporaryFile of(MultipartFile file) throws IOException {
        try (InputStream in = file.getInputStream()) {
            return of(in);
        }
    }

    public static TemporaryFile of(InputStream content) throws IOException {
        Path path = Files.createTempFile("paddock-upload", null);
        MessageDigest algorithm = Digest.sha256();
        try (InputStream in = new DigestInputStream(content, algorithm);
                OutputStream out = Files.newOutputStream(path)) {
            in.transferTo(out);
            return new TemporaryFile(path, Digest.of(algorithm));
        } catch (IOException e) {
            Files.deleteIfExists(path);
            throw e;
        }
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(path);
    }
}
