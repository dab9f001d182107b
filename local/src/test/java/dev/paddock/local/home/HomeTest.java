package dev.paddock.local.home;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
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
    void aHomeWhoseCreationWasKilledIsCompleted() throws IOException {
        Home home = new Home(folder.resolve("home"));
        home.create();
        Files.writeString(home.root().resolve("secrets.json17.tmp"), "{");
        Files.writeString(home.root().resolve("home.json4242.tmp"), "");
        home.create();
        home.complete();
        assertThat(home.exists()).isTrue();
        assertThat(home.root()).isDirectoryNotContaining(file -> file.toString().endsWith(".tmp"));
    }

    @Test
    void aFolderOfSomethingElseIsRefused() throws IOException {
        Files.writeString(folder.resolve("notes.json17.tmp"), "");
        assertThatThrownBy(() -> new Home(folder).create())
                .isInstanceOf(UserError.class)
                .hasMessageContaining("it holds notes.json17.tmp");
    }

    @Test
    void aTakenPortOfTheGatewayIsNamed() throws IOException {
        Home home = new Home(folder.resolve("home"));
        home.create();
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = taken.getLocalPort();
            assertThatThrownBy(() -> Ports.choose(home, List.of("kafka"), port))
                    .isInstanceOf(UserError.class)
                    .hasMessageContaining("port " + port + " on 127.0.0.1 is taken");
        }
    }

    @Test
    void aPartKeepsItsPortUntilSomebodyElseHasIt() throws IOException {
        Home home = new Home(folder.resolve("home"));
        home.create();
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            new Ports(Map.of("kafka", taken.getLocalPort())).record(home);
            Ports chosen = Ports.choose(home, List.of("kafka"), dev.paddock.embedded.Ports.free());
            assertThat(chosen.of("kafka")).isNotEqualTo(taken.getLocalPort());
        }
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
