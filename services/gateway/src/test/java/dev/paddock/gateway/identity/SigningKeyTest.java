package dev.paddock.gateway.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.jwk.RSAKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SigningKeyTest {
    @TempDir
    Path folder;

    @Test
    void theSameKeyAfterARestart() throws Exception {
        Path file = folder.resolve("deep/signing.jwk");
        RSAKey first = SigningKey.load(file);
        assertThat(SigningKey.load(file).toRSAPrivateKey()).isEqualTo(first.toRSAPrivateKey());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        try (var files = Files.list(folder.resolve("deep"))) {
            assertThat(files).hasSize(1);
        }
    }

    @Test
    void aDamagedKeyIsSaidWithTheWayOut() throws IOException {
        Path file = folder.resolve("signing.jwk");
        Files.writeString(file, "{\"kty\":");
        assertThatThrownBy(() -> SigningKey.load(file))
                .hasMessageContaining(file.toString())
                .hasMessageContaining("remove the file");
    }
}
