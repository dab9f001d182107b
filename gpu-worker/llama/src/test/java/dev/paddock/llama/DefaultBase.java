package dev.paddock.llama;

import dev.paddock.llama.export.GgufFile;
import dev.paddock.llama.export.GgufType;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** The default base model, where this machine has it. */
public final class DefaultBase {
    private DefaultBase() {}

    /**
     * Looks at the system property {@code paddock.default.base}, the variable {@code PADDOCK_DEFAULT_BASE}, then at
     * {@code models/SmolLM2-135M-Instruct/*.gguf} under {@code PADDOCK_HOME} or the checkout's {@code .paddock}.
     */
    public static Optional<Path> find() {
        return Stream.of(System.getProperty("paddock.default.base"), System.getenv("PADDOCK_DEFAULT_BASE"))
                .filter(named -> named != null && !named.isBlank())
                .map(Path::of)
                .filter(Files::exists)
                .findFirst()
                .or(() -> ggufIn(home().resolve("models").resolve("SmolLM2-135M-Instruct")));
    }

    /** The default base, or the test is skipped by name. */
    public static Path require() {
        Optional<Path> found = find();
        Assumptions.assumeTrue(
                found.isPresent(),
                "skipped: the default base SmolLM2-135M-Instruct is missing; run ./paddock model pull, or set PADDOCK_DEFAULT_BASE");
        return found.orElseThrow();
    }

    /** The default base as a file of another type in a folder, or the test is skipped by name. */
    public static Path as(GgufType type, Path folder) {
        Path model = require();
        Path file = folder.resolve(type + ".gguf");
        try (OutputStream target = Files.newOutputStream(file)) {
            GgufFile.of(model, null, type).writeTo(target);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return file;
    }

    private static Path home() {
        String home = System.getenv("PADDOCK_HOME");
        return home != null ? Path.of(home) : checkout().resolve(".paddock");
    }

    private static Path checkout() {
        Path here = Path.of("").toAbsolutePath();
        Path up = here;
        while (up != null && !Files.isDirectory(up.resolve(".ci"))) {
            up = up.getParent();
        }
        return up == null ? here : up;
    }

    private static Optional<Path> ggufIn(Path folder) {
        if (!Files.isDirectory(folder)) {
            return Optional.empty();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".gguf")).findFirst();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
