package dev.paddock.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Runs a client that is written in another language. */
public final class ClientScript {
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private ClientScript() {}

    /** An exit code, -1 where there was none, and everything written. */
    public record Result(int status, String output) {}

    /** The python for tests: what PADDOCK_TEST_PYTHON names, else python3. */
    public static String python() {
        return Optional.ofNullable(System.getenv("PADDOCK_TEST_PYTHON")).orElse("python3");
    }

    /** A resource as a file in a folder. */
    public static Path file(String resource, Path folder) throws IOException {
        Path script = folder.resolve(resource);
        try (InputStream in = ClientScript.class.getResourceAsStream("/" + resource)) {
            Files.write(script, Objects.requireNonNull(in).readAllBytes());
        }
        return script;
    }

    /** Runs a command for 90 seconds at most; the folder takes what it writes. */
    public static Result run(Path folder, String... command) throws InterruptedException {
        return run(folder, PATIENCE, command);
    }

    /** Runs a command for so long at most; the folder takes what it writes. */
    public static Result run(Path folder, Duration patience, String... command) throws InterruptedException {
        try {
            Path output = folder.resolve("output");
            Process process = new ProcessBuilder(List.of(command))
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly().waitFor();
                return new Result(-1, "too slow: " + Files.readString(output, StandardCharsets.UTF_8));
            }
            return new Result(process.exitValue(), Files.readString(output, StandardCharsets.UTF_8));
        } catch (IOException e) {
            return new Result(-1, e.toString());
        }
    }

    /** Whether there is such a program, and it ends well. */
    public static boolean runs(Path folder, String... command) {
        try {
            return run(folder, command).status() == 0;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
