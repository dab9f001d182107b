package dev.paddock.llama.torch;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** How a JVM that runs the engine is started. */
public final class EngineProcess {
    private EngineProcess() {}

    /**
     * The program and its options, up to the class path. Tensors live outside the Java heap, and the work on them in libtorch, so
     * that the quick compiler is enough for what is Java and a start takes less.
     */
    public static List<String> java() {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx1g",
                "-XX:+ExitOnOutOfMemoryError",
                "-Dai.djl.offline=true"));
        if (Runtime.version().feature() >= 22) {
            command.add("--enable-native-access=ALL-UNNAMED");
        }
        return command;
    }

    /**
     * Environment variables: where libtorch is unpacked, no usage check-in, an allocator (glibc's) that keeps freed memory
     * instead of returning it to the system, which would have to clear it for the next tensor, and threads (GNU OpenMP's) that
     * spin briefly for each other and then sleep: they keep their pace on quiet cores and leave busy ones to
     * the thread that is waited for ({@code benchmarks/README.md}).
     */
    public static Map<String, String> environment(Path libtorch) {
        return Map.of(
                "DJL_CACHE_DIR", libtorch.toString(),
                "OPT_OUT_TRACKING", "true",
                "MALLOC_MMAP_MAX_", "0",
                "MALLOC_TRIM_THRESHOLD_", "68719476736",
                "GOMP_SPINCOUNT", "10000");
    }
}
