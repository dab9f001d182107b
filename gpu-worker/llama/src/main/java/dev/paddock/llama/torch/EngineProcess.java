package dev.paddock.llama.torch;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** How a JVM that runs the engine is started. */
public final class EngineProcess {
    private EngineProcess() {}

    /** The program and its options, up to the class path. Tensors live outside the Java heap. */
    public static List<String> java() {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Xmx1g",
                "-XX:+ExitOnOutOfMemoryError",
                "-Dai.djl.offline=true"));
        if (Runtime.version().feature() >= 22) {
            command.add("--enable-native-access=ALL-UNNAMED");
        }
        return command;
    }

    /**
     * Environment variables: where libtorch is unpacked, no usage check-in, and an allocator (glibc's) that keeps freed memory
     * instead of returning it to the system, which would have to clear it for the next tensor.
     */
    public static Map<String, String> environment(Path libtorch) {
        return Map.of(
                "DJL_CACHE_DIR", libtorch.toString(),
                "OPT_OUT_TRACKING", "true",
                "MALLOC_MMAP_MAX_", "0",
                "MALLOC_TRIM_THRESHOLD_", "68719476736");
    }
}
