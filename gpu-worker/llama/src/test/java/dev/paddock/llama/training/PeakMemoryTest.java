package dev.paddock.llama.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.paddock.llama.torch.ScalarType;
import dev.paddock.llama.torch.TensorScope;
import dev.paddock.llama.torch.Tensors;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class PeakMemoryTest {
    private static final int FLOATS = 100_000_000;

    @Test
    void aJobsPeakIsNotThatOfTheJobsBeforeIt() {
        assumeThat(Path.of("/proc/self/clear_refs")).isWritable();
        try (TensorScope scope = TensorScope.open()) {
            Tensors.zeros(scope, ScalarType.FLOAT32, FLOATS);
        }
        long before = PeakMemory.bytes();
        PeakMemory.reset();
        assertThat(PeakMemory.bytes()).isLessThan(before - 2L * FLOATS);
    }
}
