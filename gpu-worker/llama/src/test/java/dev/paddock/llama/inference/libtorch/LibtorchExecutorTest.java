package dev.paddock.llama.inference.libtorch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.llama.inference.Executor;
import dev.paddock.llama.inference.ExecutorContract;
import dev.paddock.llama.weights.WeightSource;
import org.junit.jupiter.api.Test;

final class LibtorchExecutorTest extends ExecutorContract {
    @Override
    protected Executor executor(WeightSource source) {
        return new LibtorchExecutor(source, Precision.FP32);
    }

    @Test
    void bfloat16IsNearFp32() {
        try (Executor exact = executor(WEIGHTS);
                Executor half = new LibtorchExecutor(WEIGHTS, Precision.BF16)) {
            int[] tokens = tokens(8, 12);
            float[] expected = last(exact, null, tokens);
            float[] rounded = last(half, null, tokens);
            double error = 0;
            double size = 0;
            for (int i = 0; i < expected.length; i++) {
                error += Math.pow(expected[i] - rounded[i], 2);
                size += Math.pow(expected[i], 2);
            }
            assertThat(Math.sqrt(error / size)).isBetween(1e-5, 0.05);
            assertThat(half.weightBytes()).isEqualTo(exact.weightBytes() / 2);
        }
    }
}
