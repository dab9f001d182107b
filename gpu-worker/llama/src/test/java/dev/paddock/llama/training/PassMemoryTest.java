package dev.paddock.llama.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Peak resident memory of one pass, each in a JVM of its own. */
class PassMemoryTest {
    private static final int BLOCKS = 40;

    @BeforeAll
    static void theSystemTellsPeaks() {
        assumeThat(Path.of("/proc/self/clear_refs")).isWritable();
    }

    @Test
    void computedAgainTheActivationsOfOneBlockAreHeldAtATime() throws Exception {
        long kept = PassMemory.measured(2048, BLOCKS, false, true);
        long again = PassMemory.measured(2048, BLOCKS, true, true);
        assertThat(again).isLessThan(kept / 2);
    }

    /** Of the longer row the smaller peak counts: now and then a process takes 30 MB more. */
    @ParameterizedTest(name = "causal {0}")
    @ValueSource(booleans = {true, false})
    void memoryGrowsWithTheLengthAndNotWithItsSquare(boolean causal) throws Exception {
        long half = PassMemory.measured(4096, 2, true, causal);
        long whole = Math.min(PassMemory.measured(8192, 2, true, causal), PassMemory.measured(8192, 2, true, causal));
        assertThat(whole).isLessThan(half * 11 / 4);
    }
}
