package dev.paddock.llama.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Peak resident memory of one pass, each in a JVM of its own. */
class PassMemoryTest {
    private static final int BLOCKS = 40;

    @BeforeAll
    static void theSystemTellsPeaks() {
        assumeThat(Path.of("/proc/self/clear_refs")).isWritable();
    }

    @Test
    void computedAgainTheActivationsOfOneBlockAreHeldAtATime() throws Exception {
        long kept = PassMemory.measured(2048, BLOCKS, false);
        long again = PassMemory.measured(2048, BLOCKS, true);
        assertThat(again).isLessThan(kept / 2);
    }

    @Test
    void memoryGrowsWithTheLengthAndNotWithItsSquare() throws Exception {
        long half = PassMemory.measured(4096, 2, true);
        long whole = PassMemory.measured(8192, 2, true);
        assertThat(whole).isLessThan(half * 11 / 4);
    }
}
