package dev.paddock.llama.training;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Peak resident memory of this process since its begin or the last {@link #reset}. */
public final class PeakMemory {
    private static final Logger LOG = LoggerFactory.getLogger(PeakMemory.class);
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final Path CLEAR = Path.of("/proc/self/clear_refs");
    private static final String RESET_PEAK = "5";

    private PeakMemory() {}

    /** Begins a new peak at what is resident now; nothing where the system does not allow it. */
    public static void reset() {
        try {
            Files.writeString(CLEAR, RESET_PEAK, StandardOpenOption.WRITE);
        } catch (IOException e) {
            LOG.debug("the peak of resident memory goes on from before: {}", e.getMessage());
        }
    }

    /** Bytes, or 0 where the system has no {@code /proc}. */
    public static long bytes() {
        return status("VmHWM:");
    }

    /** Bytes resident now; 0 likewise. */
    public static long resident() {
        return status("VmRSS:");
    }

    private static long status(String field) {
        if (!Files.isReadable(STATUS)) {
            return 0;
        }
        try (var lines = Files.lines(STATUS)) {
            return lines.filter(line -> line.startsWith(field))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                    .findFirst()
                    .orElse(0);
        } catch (IOException e) {
            return 0;
        }
    }
}
