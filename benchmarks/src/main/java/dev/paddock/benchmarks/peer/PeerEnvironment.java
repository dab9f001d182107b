package dev.paddock.benchmarks.peer;

import dev.paddock.benchmarks.BenchmarkException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The peers' virtual environment.
 *
 * @param folder of the environment
 */
public record PeerEnvironment(Path folder) {
    /** Its interpreter; empty where there is none. */
    public Optional<Path> python() {
        return Stream.of(folder.resolve("bin/python"), folder.resolve("Scripts/python.exe"))
                .filter(Files::isRegularFile)
                .findFirst();
    }

    /** Whether {@link #setUp} came to its end. */
    public boolean complete() {
        return Files.isRegularFile(marker()) && python().isPresent();
    }

    private Path marker() {
        return folder.resolve("paddock-peers");
    }

    /**
     * Makes the environment, or completes it.
     *
     * @param requirements pip's file of what is installed
     * @throws BenchmarkException when Python is not there or pip does not get something
     */
    public void setUp(Path requirements, Consumer<String> progress) {
        try {
            Files.createDirectories(
                    Objects.requireNonNull(folder.toAbsolutePath().getParent()));
            if (python().isEmpty()) {
                progress.accept("making a virtual environment in " + folder);
                run("python3", "-m", "venv", folder.toString());
            }
            String python = python().orElseThrow().toString();
            progress.accept("installing " + requirements + " (torch alone is some hundred MB)");
            run(python, "-m", "pip", "install", "--disable-pip-version-check", "-q", "-r", requirements.toString());
            Files.copy(requirements, marker(), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new BenchmarkException("cannot write " + folder + ": " + e.getMessage(), e);
        }
    }

    private static void run(String... command) {
        try {
            int code = new ProcessBuilder(command).inheritIO().start().waitFor();
            if (code != 0) {
                throw new BenchmarkException("'%s' ended with code %d; its own words stand above"
                        .formatted(String.join(" ", List.of(command)), code));
            }
        } catch (IOException e) {
            throw new BenchmarkException(
                    command[0] + " cannot be started; the peers need Python 3.10 or later with venv: " + e.getMessage(),
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BenchmarkException("interrupted", e);
        }
    }
}
