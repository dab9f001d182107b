package dev.paddock.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The {@code paddock} script in a checkout of its own, called through a link from another folder. */
class PaddockScriptTest {
    private static final String JAVA = """
            #!/bin/sh
            case "$*" in
              *-version*) echo "    java.specification.version = 17" >&2 ;;
              *) echo "$PADDOCK_CHECKOUT|$PADDOCK_HOME|$*" ;;
            esac
            """;
    private static final String MAVEN = """
            #!/bin/sh
            echo "[INFO] Building contracts 0.1.0-SNAPSHOT                  [1/2]"
            echo "[INFO] Building jar: contracts.jar"
            echo "$*" >>"$PWD/builds"
            """;

    @TempDir
    private Path folder;

    private Path checkout;
    private Path link;

    private record Ran(int code, String out, String errors) {}

    @BeforeEach
    void create() throws IOException {
        assumeTrue(Files.isExecutable(Path.of("/bin/sh")), "sh");
        assumeTrue(Files.isExecutable(Path.of("/bin/bash")) || Files.isExecutable(Path.of("/usr/bin/bash")), "bash");
        checkout = Files.createDirectory(folder.resolve("checkout")).toRealPath();
        Files.createDirectories(checkout.resolve("local/src/main"));
        executable(checkout.resolve("paddock"), Files.readString(Path.of("..", "paddock")));
        Path bin = Files.createDirectory(folder.resolve("bin"));
        executable(bin.resolve("java"), JAVA);
        executable(bin.resolve("mvn"), MAVEN);
        link = Files.createSymbolicLink(
                Files.createDirectory(folder.resolve("elsewhere")).resolve("paddock"), checkout.resolve("paddock"));
    }

    @Test
    void theFirstCallBuildsAndRunsInTheCheckoutOfTheLink() throws Exception {
        Ran first = run("start", "--foreground");
        assertThat(first.code()).as(first.errors()).isZero();
        assertThat(first.errors())
                .contains("  Building contracts 0.1.0-SNAPSHOT")
                .doesNotContain("jar:");
        assertThat(first.out().strip())
                .startsWith(checkout + "|" + checkout + "/.paddock|")
                .endsWith("dev.paddock.local.cli.PaddockCommand start --foreground");
        assertThat(run("start").errors()).doesNotContain("Building");
        assertThat(builds()).isEqualTo(1);
    }

    @Test
    void whatOnlyLooksOrStopsNeverBuildsAgain() throws Exception {
        run("status");
        assertThat(builds()).as("never built before").isEqualTo(1);
        change();
        for (String[] call :
                new String[][] {{"stop"}, {"status"}, {"token", "x"}, {"key", "list"}, {"demo", "--help"}}) {
            assertThat(run(call).code()).isZero();
        }
        assertThat(builds()).isEqualTo(1);
        run("start");
        assertThat(builds()).isEqualTo(2);
    }

    @Test
    void aBuildIsToldItsCommitAndNoneWithoutGit() throws Exception {
        run("start");
        assertThat(Files.readString(checkout.resolve("builds"))).contains(" -Dpaddock.commit= package");
        assumeTrue(git("init") && git("add", "paddock"), "git");
        assertThat(git("-c", "user.name=x", "-c", "user.email=x@x", "commit", "-m", "x"))
                .isTrue();
        change();
        run("start");
        assertThat(Files.readString(checkout.resolve("builds")))
                .containsPattern(" -Dpaddock.commit=[0-9a-f]{12} package");
        Files.writeString(checkout.resolve("paddock"), "# changed", StandardOpenOption.APPEND);
        change();
        run("start");
        assertThat(Files.readString(checkout.resolve("builds"))).contains("-dirty package");
    }

    private boolean git(String... arguments) throws InterruptedException {
        List<String> command = new ArrayList<>(List.of("git", "-C", checkout.toString()));
        command.addAll(List.of(arguments));
        try {
            return new ProcessBuilder(command).start().waitFor() == 0;
        } catch (IOException missing) {
            return false;
        }
    }

    /** A source that is newer than the last build. */
    private void change() throws IOException {
        Files.writeString(checkout.resolve("local/src/main/Changed.java"), "");
        Files.setLastModifiedTime(
                checkout.resolve("local/target/.built"),
                FileTime.from(Instant.now().minusSeconds(3600)));
    }

    private int builds() throws IOException {
        return Files.readAllLines(checkout.resolve("builds")).size();
    }

    private Ran run(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(link.toString()));
        command.addAll(List.of(arguments));
        Path errors = folder.resolve("errors");
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(folder.toFile()).redirectError(errors.toFile());
        Map<String, String> environment = builder.environment();
        environment.keySet().removeIf(name -> name.startsWith("PADDOCK_") || name.equals("JAVA_HOME"));
        environment.put("PATH", folder.resolve("bin") + ":" + environment.getOrDefault("PATH", "/usr/bin:/bin"));
        Process process = builder.start();
        String out = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        return new Ran(process.waitFor(), out, Files.readString(errors));
    }

    private static void executable(Path file, String text) throws IOException {
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
