package dev.paddock.benchmarks.machine;

import dev.paddock.llama.torch.Processor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What this machine says of itself. */
public final class Machine {
    private static final Path MEMORY = Path.of("/proc/meminfo");

    private Machine() {}

    /** One line: processor and what it computes with, cores, memory, system. */
    public static String describe() {
        Processor processor = Processor.ofThisMachine();
        String memory = value(MEMORY, "MemTotal")
                .map(text ->
                        String.format(Locale.ROOT, "%.0f GiB", Long.parseLong(text.replaceAll("\\D", "")) / 1048576.0))
                .orElse("memory not known");
        return String.join(
                ", ",
                processor.name(),
                Runtime.getRuntime().availableProcessors() + " cores",
                processor.features().isEmpty() ? "features not known" : String.join(" ", processor.features()),
                memory,
                System.getProperty("os.name") + " " + System.getProperty("os.version"));
    }

    private static Optional<String> value(Path file, String name) {
        if (!Files.isReadable(file)) {
            return Optional.empty();
        }
        try {
            List<String> lines = Files.readAllLines(file);
            return lines.stream()
                    .filter(line -> line.startsWith(name))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
