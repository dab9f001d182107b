package dev.paddock.llama.training;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import javax.management.JMException;
import javax.management.ObjectName;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Peak resident memory of this process since its begin or the last {@link #reset}. */
public final class PeakMemory {
    private static final Logger LOG = LoggerFactory.getLogger(PeakMemory.class);
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final Path CLEAR = Path.of("/proc/self/clear_refs");
    private static final String RESET_PEAK = "5";
    private static final String DIAGNOSTICS = "com.sun.management:type=DiagnosticCommand";
    /** {@code jcmd}'s System.trim_native_heap, which Java 17.0.9 and later have on glibc. */
    private static final String TRIM = "systemTrimNativeHeap";

    private PeakMemory() {}

    /**
     * Gives back to the system what nobody uses, and begins a new peak at what is resident then; nothing where the system does not
     * allow it. Allocators keep freed memory, in workers without a bound.
     */
    @SuppressWarnings("SystemGc") // tensors that nobody closed are freed with their Java objects
    public static void reset() {
        System.gc();
        trim();
        try {
            Files.writeString(CLEAR, RESET_PEAK, StandardOpenOption.WRITE);
        } catch (IOException e) {
            LOG.debug("the peak of resident memory goes on from before: {}", e.getMessage());
        }
    }

    private static void trim() {
        try {
            ManagementFactory.getPlatformMBeanServer()
                    .invoke(new ObjectName(DIAGNOSTICS), TRIM, new Object[0], new String[0]);
        } catch (JMException e) {
            LOG.debug("freed memory stays with the allocator: {}", e.getMessage());
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
