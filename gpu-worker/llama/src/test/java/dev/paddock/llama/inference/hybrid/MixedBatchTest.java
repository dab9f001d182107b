package dev.paddock.llama.inference.hybrid;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.llama.export.GgufFile;
import dev.paddock.llama.export.GgufType;
import dev.paddock.llama.inference.Executor;
import dev.paddock.llama.inference.libtorch.LibtorchExecutor;
import dev.paddock.llama.inference.libtorch.Precision;
import dev.paddock.llama.inference.vector.DenseKind;
import dev.paddock.llama.inference.vector.VectorExecutor;
import dev.paddock.llama.tiny.TinyModelFiles;
import dev.paddock.llama.torch.Libtorch;
import dev.paddock.llama.weights.ModelFiles;
import dev.paddock.llama.weights.WeightSource;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/**
 * Answers of the bare base and of adapters of several forms and ranks, made together in random batches, equal those that each gets
 * alone: all in fp32; in fewer bits wherever no two tokens are near a tie, as they often are in this tiny model.
 */
@EnabledIf(value = "dev.paddock.kernels.Kernels#available", disabledReason = "vectors of 256 bits are missing")
class MixedBatchTest {
    private static final int MOST_ROWS = 3;
    /** Of prompts, where one executor computes everything. */
    private static final double EQUAL = 0.8;
    /** Of prompts, where tokens are computed by the one executor or the other, which round differently. */
    private static final double EQUAL_OVER_THE_HAND_OVER = 0.6;
    /** Of two logits below 16, of which neighbours in bfloat16 are 1/16 apart. */
    private static final double NEAR_TIE = 0.25;

    private static final int THREADS = Libtorch.threads();
    private static final WeightSource BASE = ModelFiles.open(TinyModelFiles.folder());

    private final MixedAnswers answers = new MixedAnswers(BASE, TinyModelFiles.folder(), 0.1, false);

    @TempDir
    private Path folder;

    /** Products this small are not worth a second thread. */
    @BeforeAll
    static void oneThread() {
        Libtorch.setThreads(1);
    }

    @AfterAll
    static void close() {
        Libtorch.setThreads(THREADS);
        BASE.close();
    }

    @Test
    void inLibtorchAllAreEqualInFp32() {
        assertEqual(new LibtorchExecutor(BASE, Precision.FP32));
    }

    @Test
    void onVectorsAllAreEqualInFp32() {
        assertEqual(new VectorExecutor(BASE, DenseKind.FP32, 2));
    }

    @Test
    void overTheHandOverAllAreEqualInFp32() {
        assertEqual(new HybridExecutor(
                new LibtorchExecutor(BASE, Precision.FP32), new VectorExecutor(BASE, DenseKind.FP32, 2), MOST_ROWS));
    }

    @Test
    void inBfloat16TheyPartAtNearTiesOnly() {
        assertNearTies(EQUAL, new LibtorchExecutor(BASE, Precision.BF16));
        assertNearTies(
                EQUAL_OVER_THE_HAND_OVER,
                new HybridExecutor(
                        new LibtorchExecutor(BASE, Precision.BF16),
                        new VectorExecutor(BASE, DenseKind.BF16, 2),
                        MOST_ROWS));
    }

    @Test
    void inEightBitsTheyPartAtNearTiesOnly() throws IOException {
        assertNearTies(EQUAL_OVER_THE_HAND_OVER, quantized(GgufType.Q8_0));
    }

    @Test
    void inFourBitsTheyPartAtNearTiesOnly() throws IOException {
        assertNearTies(EQUAL_OVER_THE_HAND_OVER, quantized(GgufType.Q4_1));
    }

    /** As it is served: one copy of the blocks, which libtorch takes layer by layer. */
    private Executor quantized(GgufType type) throws IOException {
        Path file = folder.resolve(type + ".gguf");
        try (OutputStream target = Files.newOutputStream(file)) {
            GgufFile.of(TinyModelFiles.folder(), null, type).writeTo(target);
        }
        try (WeightSource source = ModelFiles.open(file)) {
            VectorExecutor few = new VectorExecutor(source, DenseKind.BF16, 2);
            return new HybridExecutor(
                    new LibtorchExecutor(source.config(), few.sharedWeights(), false), few, MOST_ROWS);
        }
    }

    private void assertEqual(Executor executor) {
        assertThat(answers.distances(executor)).isEmpty();
    }

    private void assertNearTies(double share, Executor executor) {
        List<Double> distances = answers.distances(executor);
        assertThat(distances).hasSizeLessThanOrEqualTo((int) Math.round(MixedAnswers.PROMPTS * (1 - share)));
        assertThat(distances).allSatisfy(distance -> assertThat(distance).isLessThan(NEAR_TIE));
    }
}
