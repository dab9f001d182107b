package dev.paddock.gateway.identity;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.text.ParseException;
import java.util.Objects;
import java.util.UUID;

/** The RSA key (2048 bit) that signs tokens, kept in a file that only its owner reads, so that tokens outlive a restart. */
final class SigningKey {
    private static final int BITS = 2048;

    private SigningKey() {}

    static RSAKey load(Path file) {
        try {
            if (!Files.exists(file)) {
                write(file, generate());
            }
            return RSAKey.parse(Files.readString(file));
        } catch (IOException e) {
            throw new IllegalStateException("cannot keep the signing key in " + file + ": " + e.getMessage(), e);
        } catch (ParseException e) {
            throw new IllegalStateException(
                    "the signing key in " + file + " is damaged: remove the file, and every token must be got anew", e);
        }
    }

    private static RSAKey generate() {
        try {
            return new RSAKeyGenerator(BITS)
                    .keyUse(KeyUse.SIGNATURE)
                    .algorithm(JWSAlgorithm.RS256)
                    .keyID(UUID.randomUUID().toString())
                    .generate();
        } catch (JOSEException e) {
            throw new IllegalStateException("no RSA on this Java", e);
        }
    }

    /** Written whole beside its place and moved there, so that a kill leaves no half key. */
    private static void write(Path file, RSAKey key) throws IOException {
        Path folder = Objects.requireNonNull(file.toAbsolutePath().getParent(), "a file lies in a folder");
        Files.createDirectories(folder);
        Path part = createPrivate(folder);
        Files.writeString(part, key.toJSONString());
        try {
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileSystemException e) {
            Files.deleteIfExists(part);
            throw e;
        }
    }

    private static Path createPrivate(Path folder) throws IOException {
        boolean posix = folder.getFileSystem().supportedFileAttributeViews().contains("posix");
        FileAttribute<?>[] attributes = posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
        return Files.createTempFile(folder, "signing-key", ".part", attributes);
    }
}
