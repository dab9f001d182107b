package dev.paddock.llama.inference.hybrid;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.kernels.CacheType;
import dev.paddock.llama.inference.Executor;
import dev.paddock.llama.inference.StepInput;
import dev.paddock.llama.inference.libtorch.LibtorchExecutor;
import dev.paddock.llama.inference.libtorch.Precision;
import dev.paddock.llama.inference.vector.DenseKind;
import dev.paddock.llama.inference.vector.VectorExecutor;
import dev.paddock.llama.tiny.TinyModelFiles;
import dev.paddock.llama.weights.ModelFiles;
import dev.paddock.llama.weights.WeightSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** Keys and values in 8 bits, in either executor and handed over between them. */
@EnabledIf(value = "dev.paddock.kernels.Kernels#available", disabledReason = "vectors of 256 bits are missing")
class CompactCacheTest {
    private static final int TOKENS = 90;
    private static final int PROMPT = 50;
    private static final WeightSource BASE = ModelFiles.open(TinyModelFiles.folder());

    private final int[] tokens =
            new Random(5).ints(TOKENS, 1, BASE.config().vocabularySize()).toArray();

    @AfterAll
    static void close() {
        BASE.close();
    }

    @Test
    void libtorchAnswersNearlyAsWithAWholeOne() {
        try (Executor whole = new LibtorchExecutor(BASE, Precision.FP32);
                Executor compact = new LibtorchExecutor(BASE, Precision.FP32, true)) {
            assertNear(whole, compact);
        }
    }

    @Test
    void vectorsAnswerNearlyAsWithAWholeOne() {
        try (Executor whole = new VectorExecutor(BASE, DenseKind.FP32, 1);
                Executor compact = new VectorExecutor(BASE, DenseKind.FP32, CacheType.INT8, 1)) {
            assertNear(whole, compact);
        }
    }

    @Test
    void bothTogetherAnswerNearlyAsWithAWholeOne() {
        try (Executor whole = new LibtorchExecutor(BASE, Precision.FP32);
                Executor compact = new HybridExecutor(
                        new LibtorchExecutor(BASE, Precision.FP32, true),
                        new VectorExecutor(BASE, DenseKind.FP32, CacheType.INT8, 1),
                        1)) {
            assertNear(whole, compact);
        }
    }

    private void assertNear(Executor whole, Executor compact) {
        List<float[]> expected = answers(whole);
        List<float[]> actual = answers(compact);
        assertThat(RelativeError.of(expected, actual)).isBetween(1e-5, 0.02);
        assertThat((double) compact.cacheBytesPerToken() / whole.cacheBytesPerToken())
                .isLessThan(compact instanceof HybridExecutor ? 0.7 : 0.35);
    }

    /** Logits after a prompt, next tokens, a fork, and several tokens at once. */
    private List<float[]> answers(Executor executor) {
        List<float[]> answers = new ArrayList<>();
        long sequence = executor.open(null, TOKENS);
        answers.add(run(executor, sequence, 0, PROMPT));
        for (int i = PROMPT; i < PROMPT + 10; i++) {
            answers.add(run(executor, sequence, i, i + 1));
        }
        long fork = executor.fork(sequence, PROMPT + 3, TOKENS);
        executor.release(sequence);
        answers.add(run(executor, fork, PROMPT + 3, PROMPT + 4));
        answers.add(run(executor, fork, PROMPT + 4, PROMPT + 20));
        answers.add(run(executor, fork, PROMPT + 20, PROMPT + 21));
        executor.release(fork);
        return answers;
    }

    private float[] run(Executor executor, long sequence, int first, int last) {
        StepInput input = new StepInput(sequence, Arrays.copyOfRange(tokens, first, last), true, null);
        return executor.run(List.of(input)).get(0).logits();
    }
}
