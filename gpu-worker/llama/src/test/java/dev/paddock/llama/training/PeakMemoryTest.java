package dev.paddock.llama.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.paddock.llama.torch.ScalarType;
import dev.paddock.llama.torch.TensorScope;
import dev.paddock.llama.torch.Tensors;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PeakMemoryTest {
    private static final int FLOATS = 1_000_000;
    private static final int TENSORS = 200;

    /** In a process whose allocator keeps what is freed, as in workers. */
    @Test
    void aJobsPeakIsNotThatOfTheJobsBeforeIt() throws IOException, InterruptedException {
        assumeThat(Path.of("/proc/self/clear_refs")).isWritable();
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                PeakMemoryTest.class.getName());
        builder.environment()
                .putAll(Map.of(
                        "MALLOC_MMAP_MAX_", "0", "MALLOC_TRIM_THRESHOLD_", "68719476736", "MALLOC_ARENA_MAX", "1"));
        Process process = builder.redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        assertThat(output).contains("the peak fell");
    }

    /** Takes and frees memory, then begins a new peak. */
    public static void main(String... arguments) {
        try (TensorScope scope = TensorScope.open()) {
            for (int i = 0; i < TENSORS; i++) {
                Tensors.zeros(scope, ScalarType.FLOAT32, FLOATS);
            }
        }
        long before = PeakMemory.bytes();
        PeakMemory.reset();
        long after = PeakMemory.bytes();
        boolean fell = after < before - TENSORS * FLOATS * 3L;
        System.out.println(fell ? "the peak fell" : "from " + before + " to " + after);
    }
}
