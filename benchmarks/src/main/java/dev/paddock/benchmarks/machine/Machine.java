package dev.paddock.benchmarks.machine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** What this machine says of itself. */
public final class Machine {
    private static final Path CPU = Path.of("/proc/cpuinfo");
    private static final Path MEMORY = Path.of("/proc/meminfo");
    private static final Pattern TELLING = Pattern.compile("avx2|avx512f|avx512_(vnni|bf16)|amx_(bf16|int8)|bf16|i8mm");

    private Machine() {}

    /** One line: processor and what it computes with, cores, memory, system. */
    public static String describe() {
        String processor = value(CPU, "model name").orElse(System.getProperty("os.arch"));
        TreeSet<String> features = new TreeSet<>();
        value(CPU, "flags").or(() -> value(CPU, "Features")).ifPresent(flags -> Arrays.stream(flags.split("\\s+"))
                .filter(flag -> TELLING.matcher(flag).matches())
                .forEach(features::add));
        String memory = value(MEMORY, "MemTotal")
                .map(text ->
                        String.format(Locale.ROOT, "%.0f GiB", Long.parseLong(text.replaceAll("\\D", "")) / 1048576.0))
                .orElse("memory not known");
        return String.join(
                ", ",
                processor,
                Runtime.getRuntime().availableProcessors() + " cores",
                features.isEmpty() ? "features not known" : String.join(" ", features),
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
