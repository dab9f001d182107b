package dev.paddock.local.home;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The memory that the limits of control groups (version 2) leave to a process: of its own group and of each one around it.
 *
 * @param root where the groups are mounted
 * @param group the process's group below it
 */
record CgroupMemory(Path root, Path group) {
    private static final Path MOUNT = Path.of("/sys/fs/cgroup");

    static CgroupMemory ofThisProcess() {
        Path self = Path.of("/proc/self/cgroup");
        try {
            String path = !Files.isReadable(self)
                    ? "/"
                    : Files.readAllLines(self).stream()
                            .filter(line -> line.startsWith("0::/"))
                            .map(line -> line.substring("0::".length()))
                            .findFirst()
                            .orElse("/");
            return new CgroupMemory(MOUNT, MOUNT.resolve(path.substring(1)).normalize());
        } catch (IOException e) {
            throw new UserError("cannot read " + self + ": " + e.getMessage(), e);
        }
    }

    /** Bytes; the largest number where nothing is limited. */
    long available() {
        long least = Long.MAX_VALUE;
        for (Path folder = group; folder != null && folder.startsWith(root); folder = folder.getParent()) {
            least = Math.min(least, left(folder));
        }
        return least;
    }

    /** The limit less what is used, where cached files do not count: they make way. */
    private static long left(Path folder) {
        try {
            Path limit = folder.resolve("memory.max");
            if (!Files.isReadable(limit) || Files.readString(limit).strip().equals("max")) {
                return Long.MAX_VALUE;
            }
            long used = number(folder.resolve("memory.current")) - cached(folder.resolve("memory.stat"));
            return Math.max(0, number(limit) - Math.max(0, used));
        } catch (IOException | NumberFormatException e) {
            throw new UserError("cannot read the memory limit in " + folder + ": " + e.getMessage(), e);
        }
    }

    private static long number(Path file) throws IOException {
        return Long.parseLong(Files.readString(file).strip());
    }

    private static long cached(Path statistics) throws IOException {
        return Files.readAllLines(statistics).stream()
                .filter(line -> line.startsWith("active_file ") || line.startsWith("inactive_file "))
                .mapToLong(line -> Long.parseLong(line.substring(line.indexOf(' ') + 1)))
                .sum();
    }
}
