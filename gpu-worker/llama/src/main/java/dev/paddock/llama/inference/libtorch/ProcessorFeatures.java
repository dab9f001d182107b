package dev.paddock.llama.inference.libtorch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Stream;

/** What the processor says of itself. */
final class ProcessorFeatures {
    private static final Path CPUINFO = Path.of("/proc/cpuinfo");
    private static final Set<String> BFLOAT16 = Set.of("avx512_bf16", "amx_bf16", "bf16");

    private ProcessorFeatures() {}

    /** Whether it has products in bf16; false where the system does not say. */
    static boolean hasBfloat16() {
        try (Stream<String> lines = Files.lines(CPUINFO)) {
            return hasBfloat16(lines);
        } catch (IOException notLinux) {
            return false;
        }
    }

    /** Reads the flags (x86-64) or features (arm64) of {@code /proc/cpuinfo}. */
    static boolean hasBfloat16(Stream<String> lines) {
        return lines.filter(line -> line.startsWith("flags") || line.startsWith("Features"))
                .flatMap(line -> Arrays.stream(line.split("\\s+")))
                .anyMatch(BFLOAT16::contains);
    }
}
