package dev.paddock.methods.quantization;

import com.sun.management.OperatingSystemMXBean;
import dev.paddock.llama.inference.DecodingSpeed;
import dev.paddock.llama.inference.Executor;
import dev.paddock.llama.inference.hybrid.ExecutorOptions;
import dev.paddock.llama.inference.hybrid.Executors;
import dev.paddock.llama.inference.libtorch.Precision;
import dev.paddock.llama.torch.Libtorch;
import dev.paddock.llama.weights.WeightSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalDouble;

/** How fast a model would be served on this machine with the default settings. */
final class ServedSpeed {
    private static final Path MEMORY = Path.of("/proc/meminfo");
    /** Of the memory that is left, what weights may take for a measurement. */
    private static final double MEMORY_SHARE = 0.6;

    private static final Duration LIMIT = Duration.ofSeconds(60);

    private ServedSpeed() {}

    /** Tokens a second of one answer; empty where the weights would take too much of the memory that is left. */
    static OptionalDouble of(WeightSource model, Runnable atWork) {
        ExecutorOptions options = new ExecutorOptions(Precision.ofThisMachine(), Libtorch.threads(), true, true, false);
        if (Executors.bytes(model, options) > MEMORY_SHARE * availableMemory()) {
            return OptionalDouble.empty();
        }
        try (Executor executor = Executors.of(model, options)) {
            return OptionalDouble.of(DecodingSpeed.of(executor, LIMIT, atWork));
        }
    }

    /** Bytes that the system, or the container that this runs in, has left. */
    private static long availableMemory() {
        long total =
                ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize();
        if (!Files.isReadable(MEMORY)) {
            return total;
        }
        try {
            return Files.readAllLines(MEMORY).stream()
                    .filter(line -> line.startsWith("MemAvailable:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
                    .map(available -> Math.min(available, total))
                    .findFirst()
                    .orElse(total);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
