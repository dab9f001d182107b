package dev.paddock.llama.inference.hybrid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.paddock.llama.DefaultBase;
import dev.paddock.llama.export.GgufType;
import dev.paddock.llama.inference.Executor;
import dev.paddock.llama.inference.libtorch.Precision;
import dev.paddock.llama.weights.ModelFiles;
import dev.paddock.llama.weights.WeightSource;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * On the default base as it is served: answers of several adapters together part from those of each alone at near ties only, and in few
 * bits at most one in twenty does. A file of 16 bits changes from vectors to libtorch within 32 rows, at a measured number of them.
 */
class DefaultBaseBatchTest {
    /** Of two logits below 32, of which neighbours in bfloat16 are 1/8 apart. */
    private static final double NEAR_TIE = 0.5;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource(names = {"F16", "Q8_0", "Q4_1", "Q4_0"})
    void answersTogetherPartFromThoseAloneAtNearTiesOnly(GgufType type) {
        Path file = DefaultBase.as(type, folder);
        List<Double> distances = distances(file, BatchPrecision.EXACT);
        if (type != GgufType.F16) {
            assertThat(distances).hasSizeLessThanOrEqualTo(MixedAnswers.PROMPTS / 20);
        }
        assertThat(distances).allSatisfy(distance -> assertThat(distance).isLessThan(NEAR_TIE));
    }

    @ParameterizedTest
    @EnumSource(names = {"BF16", "INT8"})
    void inFewerBitsMorePartAtNearTiesOnly(BatchPrecision batch) {
        assumeThat(batch.packed()).as("this processor's %s", batch).isNotNull();
        List<Double> distances = distances(DefaultBase.as(GgufType.Q4_0, folder), batch);
        assertThat(distances).allSatisfy(distance -> assertThat(distance).isLessThan(NEAR_TIE));
    }

    private static List<Double> distances(Path file, BatchPrecision batch) {
        try (WeightSource source = ModelFiles.open(file)) {
            ExecutorOptions options = new ExecutorOptions(Precision.ofThisMachine(), 2, true, true, false, batch);
            Executor executor = Executors.of(source, options);
            List<Double> distances = new MixedAnswers(source, file, 0.01, true).distances(executor);
            System.out.printf(
                    "%s, several rows %s: %d of %d answers part%n",
                    file.getFileName(), batch, distances.size(), MixedAnswers.PROMPTS);
            return distances;
        }
    }
}
