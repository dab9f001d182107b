package dev.paddock.embedded;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** One secret per data folder, readable by its owner only; each role's password is derived from it (HMAC-SHA-256). */
final class DatabasePasswords {
    private final byte[] secret;

    private DatabasePasswords(byte[] secret) {
        this.secret = secret;
    }

    static DatabasePasswords in(Path home) {
        Path file = home.resolve("secret");
        try {
            if (!Files.exists(file)) {
                byte[] fresh = new byte[32];
                new SecureRandom().nextBytes(fresh);
                write(file, HexFormat.of().formatHex(fresh));
            }
            return new DatabasePasswords(
                    HexFormat.of().parseHex(Files.readString(file).trim()));
        } catch (IOException | IllegalArgumentException e) {
            throw new EmbeddedStartException("cannot read or write " + file, e);
        }
    }

    private static void write(Path file, String text) throws IOException {
        Path fresh = file.resolveSibling("secret.new");
        Files.deleteIfExists(fresh);
        Files.createFile(fresh);
        if (Files.getFileStore(fresh).supportsFileAttributeView("posix")) {
            Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rw-------"));
        }
        Files.writeString(fresh, text);
        Files.move(fresh, file);
    }

    String of(String role) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret, "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(role.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
