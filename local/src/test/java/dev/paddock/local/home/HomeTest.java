package dev.paddock.local.home;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HomeTest {
    @TempDir
    private Path folder;

    @Test
    void temporaryFilesOfAKilledSuiteAreGoneAtTheNextStart() throws IOException {
        Home home = new Home(folder.resolve("home"));
        home.create();
        Path temporary = home.emptyTemporary();
        Files.writeString(Files.createDirectory(temporary.resolve("left")).resolve("paddock-body"), "left");
        assertThat(home.emptyTemporary()).isEqualTo(temporary).isEmptyDirectory();
        home.create();
    }

    @Test
    void tokensAreForUsersAndNotForServices() {
        Secrets.USERS.forEach(
                user -> assertThatCode(() -> Secrets.requireUser(user)).as(user).doesNotThrowAnyException());
        for (String name : new String[] {"gateway", "worker", "nobody"}) {
            assertThatThrownBy(() -> Secrets.requireUser(name))
                    .isInstanceOf(UserError.class)
                    .hasMessageContaining("unknown user '" + name + "'");
        }
    }

    @Test
    void theReadmeAsksForTheMemoryThatTheStartChecks() throws IOException {
        assertThatThrownBy(() -> Preflight.checkMemory(Preflight.NEEDED_MEMORY - 1))
                .hasMessageContaining("memory");
        assertThatCode(() -> Preflight.checkMemory(Preflight.NEEDED_MEMORY)).doesNotThrowAnyException();
        assertThat(Files.readString(Path.of("..", "README.md")))
                .contains((Preflight.NEEDED_MEMORY >> 30) + " GiB of free memory");
    }
}
