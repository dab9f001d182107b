package dev.paddock.local.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A guard is only ever offered for the base whose files it was made for. */
class StarterGuardTest {
    @TempDir
    private Path folder;

    @Test
    void theGuardThatNamesTheBaseFits() throws IOException {
        Path other = guard("a", "sha256:aa");
        Path fitting = guard("b", "sha256:bb");
        assertThat(new StarterGuard(folder).fitting("sha256:bb")).hasValue(fitting);
        assertThat(new StarterGuard(folder).fitting("sha256:aa")).hasValue(other);
    }

    @Test
    void noGuardFitsAnotherBase() throws IOException {
        guard("a", "sha256:aa");
        Files.createDirectory(folder.resolve("unfinished"));
        assertThat(new StarterGuard(folder).fitting("sha256:cc")).isEmpty();
        assertThat(new StarterGuard(folder.resolve("none")).fitting("sha256:aa"))
                .isEmpty();
    }

    private Path guard(String name, String base) throws IOException {
        Path guard = Files.createDirectory(folder.resolve(name));
        Files.writeString(guard.resolve("paddock.json"), "{\"baseDigest\": \"" + base + "\"}");
        return guard;
    }
}
