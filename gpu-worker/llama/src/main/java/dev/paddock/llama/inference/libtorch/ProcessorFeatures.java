package dev.paddock.llama.inference.libtorch;

import dev.paddock.llama.torch.ScalarType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the processor says of itself. */
final class ProcessorFeatures {
    private static final Path CPUINFO = Path.of("/proc/cpuinfo");
    private static final Set<String> BFLOAT16 = Set.of("avx512_bf16", "amx_bf16", "bf16");
    private static final Set<String> EIGHT_BITS = Set.of("avx512_vnni", "avx_vnni");
    /** What oneDNN's products in bf16 take on x86-64. */
    private static final Set<String> ONEDNN_BFLOAT16 = Set.of("avx512bw", "avx512vl", "avx512dq");

    private static final Set<String> OF_THIS_MACHINE = ofThisMachine();

    private ProcessorFeatures() {}

    private static Set<String> ofThisMachine() {
        try (Stream<String> lines = Files.lines(CPUINFO)) {
            return of(lines);
        } catch (IOException notLinux) {
            return Set.of();
        }
    }

    /** The flags (x86-64) or features (arm64) of {@code /proc/cpuinfo}. */
    static Set<String> of(Stream<String> lines) {
        return lines.filter(line -> line.startsWith("flags") || line.startsWith("Features"))
                .flatMap(line -> Arrays.stream(line.split("\\s+")))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Whether it has products in bf16; false where the system does not say. */
    static boolean hasBfloat16() {
        return hasBfloat16(OF_THIS_MACHINE);
    }

    static boolean hasBfloat16(Set<String> features) {
        return !Collections.disjoint(features, BFLOAT16);
    }

    /** Whether it has products of 8-bit integers whose sums do not overflow; false where the system does not say. */
    static boolean hasEightBitProducts() {
        return hasEightBitProducts(OF_THIS_MACHINE);
    }

    static boolean hasEightBitProducts(Set<String> features) {
        return !Collections.disjoint(features, EIGHT_BITS);
    }

    /** Whether libtorch has oneDNN's products of numbers of this type. */
    static boolean hasOneDnn(ScalarType type) {
        return hasOneDnn(type, System.getProperty("os.arch"), OF_THIS_MACHINE);
    }

    static boolean hasOneDnn(ScalarType type, String architecture, Set<String> features) {
        return Set.of("amd64", "x86_64").contains(architecture)
                && (type == ScalarType.FLOAT32 || features.containsAll(ONEDNN_BFLOAT16));
    }
}
