package dev.paddock.llama.torch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A processor, with the instruction sets by which libtorch chooses its kernels.
 *
 * @param name as the system says it; the architecture where it says none
 * @param features such as {@code avx2}, sorted; empty where the system does not say
 */
public record Processor(String name, List<String> features) {
    private static final Path CPUINFO = Path.of("/proc/cpuinfo");
    private static final Pattern TELLING =
            Pattern.compile("avx2|avx512f|avx512_(vnni|bf16)|amx_(bf16|int8)|bf16|i8mm|sve2?");

    public Processor {
        features = List.copyOf(features);
    }

    /** The one that this process runs on. */
    public static Processor ofThisMachine() {
        String architecture = System.getProperty("os.arch");
        try {
            return Files.isReadable(CPUINFO)
                    ? of(Files.readAllLines(CPUINFO), architecture)
                    : new Processor(architecture, List.of());
        } catch (IOException notTold) {
            return new Processor(architecture, List.of());
        }
    }

    /** Reads {@code /proc/cpuinfo}, whose features are flags on x86-64. */
    static Processor of(List<String> lines, String architecture) {
        List<String> features = value(lines, "flags")
                .or(() -> value(lines, "Features"))
                .map(flags -> Arrays.stream(flags.split("\\s+"))
                        .filter(flag -> TELLING.matcher(flag).matches())
                        .sorted()
                        .toList())
                .orElse(List.of());
        return new Processor(value(lines, "model name").orElse(architecture), features);
    }

    /** Name and features in one line. */
    public String describe() {
        return features.isEmpty() ? name : name + " (" + String.join(" ", features) + ")";
    }

    private static Optional<String> value(List<String> lines, String name) {
        return lines.stream()
                .filter(line -> line.startsWith(name))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst();
    }
}
