package dev.paddock.local.home;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.springframework.util.FileSystemUtils;

/**
 * {@code PADDOCK_HOME}: one suite's data, secrets, ports and logs.
 *
 * <p>A home is whole once {@code home.json} is there; it is written last, so a half-written home is recognised.
 */
public record Home(Path root) {
    private static final List<String> OURS = List.of(
            "run",
            "logs",
            "secrets.json",
            "artifacts",
            "djl",
            "postgresql",
            "kafka",
            "bench",
            "models",
            "worker",
            "models.yml");

    /** What {@link JsonFiles} leaves of the home's own files when it is killed. */
    private static final Predicate<String> HALF_WRITTEN =
            Pattern.compile("(home|secrets)\\.json\\d+\\.tmp").asMatchPredicate();

    /** The home that {@code PADDOCK_HOME} names. */
    public static Home fromEnvironment() {
        String named = System.getenv("PADDOCK_HOME");
        return new Home(Path.of(named == null || named.isBlank() ? ".paddock" : named)
                .toAbsolutePath()
                .normalize());
    }

    public Path marker() {
        return root.resolve("home.json");
    }

    public Path secrets() {
        return root.resolve("secrets.json");
    }

    public Path run() {
        return root.resolve("run");
    }

    public Path logs() {
        return root.resolve("logs");
    }

    public Path postgresql() {
        return root.resolve("postgresql");
    }

    public Path kafka() {
        return root.resolve("kafka");
    }

    public Path artifacts() {
        return root.resolve("artifacts");
    }

    public Path models() {
        return root.resolve("models");
    }

    public Path djl() {
        return root.resolve("djl");
    }

    public Path bench() {
        return root.resolve("bench");
    }

    public Path worker() {
        return root.resolve("worker");
    }

    public Path signingKey() {
        return root.resolve("signing-key.json");
    }

    public boolean exists() {
        return Files.isRegularFile(marker());
    }

    /** Creates the folders, or completes a home whose creation was cut short; refuses a folder that is something else. */
    public void create() {
        try {
            if (!exists() && Files.isDirectory(root)) {
                refuseForeign();
            }
            Files.createDirectories(root);
            if (Files.getFileStore(root).supportsFileAttributeView("posix")) {
                Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwx------"));
            }
            for (Path folder : List.of(run(), logs(), artifacts(), models(), djl(), worker())) {
                Files.createDirectories(folder);
            }
        } catch (IOException e) {
            throw new UserError(
                    "cannot use " + root + " as PADDOCK_HOME: " + e
                            + ". Name a folder that you may write to in PADDOCK_HOME.",
                    e);
        }
    }

    /** The folder for temporary files of the suite's processes. */
    public Path temporary() {
        Path folder = run().resolve("tmp");
        try {
            return Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UserError("cannot create " + folder + ": " + e.getMessage(), e);
        }
    }

    /** The same folder without what a killed suite left there. */
    public Path emptyTemporary() {
        Path folder = run().resolve("tmp");
        try {
            FileSystemUtils.deleteRecursively(folder);
        } catch (IOException e) {
            throw new UserError("cannot empty " + folder + ": " + e.getMessage(), e);
        }
        return temporary();
    }

    /** Declares the home whole, without what an earlier creation left half-written; called when its secrets are in place. */
    public void complete() {
        try (Stream<Path> entries = Files.list(root)) {
            for (Path left : entries.filter(e -> HALF_WRITTEN.test(name(e))).toList()) {
                Files.deleteIfExists(left);
            }
        } catch (IOException e) {
            throw new UserError("cannot tidy up " + root + ": " + e.getMessage(), e);
        }
        JsonFiles.writeAtomically(marker(), new HomeMarker(1));
    }

    private void refuseForeign() throws IOException {
        try (Stream<Path> entries = Files.list(root)) {
            List<String> foreign = entries.map(Home::name)
                    .filter(name -> !OURS.contains(name) && !HALF_WRITTEN.test(name))
                    .sorted()
                    .limit(3)
                    .toList();
            if (!foreign.isEmpty()) {
                throw new UserError(root + " is not a Paddock home: it holds " + String.join(", ", foreign)
                        + " and no home.json. Name an empty or new folder in PADDOCK_HOME.");
            }
        }
    }

    private static String name(Path entry) {
        return Objects.requireNonNull(entry.getFileName()).toString();
    }

    /** What {@code home.json} says. */
    public record HomeMarker(int layout) {}
}
