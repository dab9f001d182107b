package dev.paddock.llama.inference.hybrid;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.llama.DefaultBase;
import dev.paddock.llama.export.GgufType;
import dev.paddock.llama.inference.Executor;
import dev.paddock.llama.inference.libtorch.Precision;
import dev.paddock.llama.weights.ModelFiles;
import dev.paddock.llama.weights.WeightSource;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the default base takes in 4 bits, of which no whole copy in other numbers is held. */
class CompactWeightsTest {
    /** Of the weights in bfloat16. */
    private static final double MOST = 0.40;

    @TempDir
    private Path folder;

    @Test
    void fourBitsTakeTwoFifthsOfBfloat16() {
        Path file = DefaultBase.as(GgufType.Q4_0, folder);
        ExecutorOptions options = new ExecutorOptions(Precision.BF16, 2, true, true, false);
        try (WeightSource source = ModelFiles.open(file);
                Executor executor = Executors.of(source, options)) {
            long bfloat16 = source.names().stream()
                    .mapToLong(name -> source.info(name).elements() * Short.BYTES)
                    .sum();
            System.out.printf(
                    "%d of %d bytes: %.3f%n",
                    executor.weightBytes(), bfloat16, (double) executor.weightBytes() / bfloat16);
            assertThat(executor.weightBytes()).isLessThanOrEqualTo((long) (MOST * bfloat16));
            assertThat(executor.weightBytes()).isGreaterThanOrEqualTo(Executors.bytes(source, options) / 2);
        }
    }
}
