package dev.paddock.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a process holds in memory, as Linux counts it. */
public final class ResidentMemory {
    private ResidentMemory() {}

    /** Kilobytes of a process's resident memory ({@code VmRSS}). */
    public static long kilobytes(long pid) throws IOException {
        return Files.readAllLines(Path.of("/proc", String.valueOf(pid), "status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElseThrow();
    }
}
