package dev.paddock.llama.torch;

import java.lang.module.ModuleFinder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** How a JVM that runs the engine is started. */
public final class EngineProcess {
    private static final String VECTOR_MODULE = "jdk.incubator.vector";

    private EngineProcess() {}

    /**
     * The program and its options, up to the class path. libtorch's tensors live outside the Java heap; the heap holds the weights
     * of the Vector API's kernels. Large arrays, such as those and the pages of adapters' numbers, begin where no collection of
     * young objects copies them; a JVM that knows no such option does without.
     */
    public static List<String> java() {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Xmx2g",
                "-XX:+IgnoreUnrecognizedVMOptions",
                "-XX:PretenureSizeThreshold=16m",
                "-XX:+UseTransparentHugePages",
                "-XX:+ExitOnOutOfMemoryError",
                "-Dai.djl.offline=true"));
        if (ModuleFinder.ofSystem().find(VECTOR_MODULE).isPresent()) {
            command.addAll(List.of("--add-modules", VECTOR_MODULE));
        }
        if (Runtime.version().feature() >= 22) {
            command.add("--enable-native-access=ALL-UNNAMED");
        }
        return command;
    }

    /**
     * Environment variables: where libtorch is unpacked, no usage check-in, an allocator (glibc's) that keeps freed memory
     * instead of returning it to the system, which would have to clear it for the next tensor, and has one arena (further ones
     * consist of pieces of 64 MB, whose ends large tensors leave empty), and threads (GNU OpenMP's) that
     * spin briefly for each other and then sleep: they keep their pace on quiet cores and leave busy ones to
     * the thread that is waited for ({@code benchmarks/README.md}).
     */
    public static Map<String, String> environment(Path libtorch) {
        return Map.of(
                "DJL_CACHE_DIR", libtorch.toString(),
                "OPT_OUT_TRACKING", "true",
                "MALLOC_MMAP_MAX_", "0",
                "MALLOC_TRIM_THRESHOLD_", "68719476736",
                "MALLOC_ARENA_MAX", "1",
                "GOMP_SPINCOUNT", "10000");
    }
}
