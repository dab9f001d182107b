package dev.paddock.llama.training.estimate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** The memory that this process may use: the least of its control group's limit and the machine's memory. */
public final class MemoryLimit {
    private static final List<Path> GROUPS =
            List.of(Path.of("/sys/fs/cgroup/memory.max"), Path.of("/sys/fs/cgroup/memory/memory.limit_in_bytes"));
    private static final Path MEMORY = Path.of("/proc/meminfo");

    private MemoryLimit() {}

    /** Bytes; empty where the system tells neither. */
    public static OptionalLong bytes() {
        return LongStream.concat(
                        GROUPS.stream()
                                .flatMap(MemoryLimit::lines)
                                .filter(line -> line.matches("\\d{1,18}"))
                                .mapToLong(Long::parseLong),
                        lines(MEMORY)
                                .filter(line -> line.startsWith("MemTotal:"))
                                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024))
                .min();
    }

    private static Stream<String> lines(Path file) {
        try {
            return Files.isReadable(file) ? Files.readAllLines(file).stream() : Stream.of();
        } catch (IOException e) {
            return Stream.of();
        }
    }
}
