package dev.paddock.local.home;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What a machine must have before the suite starts; each lack is named with its way out. */
public final class Preflight {
    /** Suite about 1.2 GB, worker with the default base about 2 GB. */
    static final long NEEDED_MEMORY = 3L << 30;

    private static final long NEEDED_DISK = 2L << 30;

    private Preflight() {}

    public static void check(Home home) {
        checkMemory(Math.min(availableMemory(), CgroupMemory.ofThisProcess().available()));
        try {
            checkDisk(home.root(), Files.getFileStore(home.root()).getUsableSpace());
        } catch (IOException e) {
            throw new UserError("cannot read the free space of " + home.root() + ": " + e.getMessage(), e);
        }
    }

    static void checkMemory(long available) {
        if (available < NEEDED_MEMORY) {
            throw new UserError("only " + (available >> 20) + " MiB of memory are available; the suite needs "
                    + (NEEDED_MEMORY >> 20)
                    + " MiB. Close other programs, raise the container's limit, or use a larger machine.");
        }
    }

    static void checkDisk(Path home, long usable) {
        if (usable < NEEDED_DISK) {
            throw new UserError("only " + (usable >> 20) + " MiB are free at " + home + "; the suite needs "
                    + (NEEDED_DISK >> 20) + " MiB. Free some, or put PADDOCK_HOME on a larger disk.");
        }
    }

    /** On Linux what the kernel says can be had without swapping, else the free memory. */
    static long availableMemory() {
        Path meminfo = Path.of("/proc/meminfo");
        if (Files.isReadable(meminfo)) {
            try {
                List<String> lines = Files.readAllLines(meminfo);
                for (String line : lines) {
                    if (line.startsWith("MemAvailable:")) {
                        return Long.parseLong(line.replaceAll("\\D", "")) << 10;
                    }
                }
            } catch (IOException e) {
                throw new UserError("cannot read " + meminfo + ": " + e.getMessage(), e);
            }
        }
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize();
    }
}
