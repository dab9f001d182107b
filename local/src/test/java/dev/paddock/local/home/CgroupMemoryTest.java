package dev.paddock.local.home;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CgroupMemoryTest {
    @TempDir
    private Path root;

    @Test
    void theTightestGroupAroundAProcessCounts() throws IOException {
        Path outer = group(root.resolve("outer"), "4000", 3000, 1500);
        Path inner = group(outer.resolve("inner"), "2000", 500, 0);
        assertThat(new CgroupMemory(root, inner).available()).isEqualTo(1500);
        group(outer, "4000", 3900, 0);
        assertThat(new CgroupMemory(root, inner).available()).isEqualTo(100);
    }

    @Test
    void cachedFilesMakeWay() throws IOException {
        Path group = group(root.resolve("group"), "4000", 3000, 1500);
        assertThat(new CgroupMemory(root, group).available()).isEqualTo(2500);
    }

    @Test
    void withoutALimitThereIsEnough() throws IOException {
        Path group = group(root.resolve("group"), "max", 3000, 0);
        assertThat(new CgroupMemory(root, group).available()).isEqualTo(Long.MAX_VALUE);
        assertThat(new CgroupMemory(root, root.resolve("gone")).available()).isEqualTo(Long.MAX_VALUE);
        assertThat(CgroupMemory.ofThisProcess().available()).isPositive();
    }

    private static Path group(Path folder, String limit, long used, long cached) throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("memory.max"), limit + "\n");
        Files.writeString(folder.resolve("memory.current"), used + "\n");
        Files.writeString(
                folder.resolve("memory.stat"), "anon 7\nactive_file " + cached + "\ninactive_file 0\nshmem 9\n");
        return folder;
    }
}
