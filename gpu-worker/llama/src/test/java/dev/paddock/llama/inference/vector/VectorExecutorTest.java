package dev.paddock.llama.inference.vector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.paddock.llama.adapter.LoraAdapter;
import dev.paddock.llama.adapter.Projection;
import dev.paddock.llama.inference.Executor;
import dev.paddock.llama.inference.ExecutorContract;
import dev.paddock.llama.inference.StepInput;
import dev.paddock.llama.inference.StepOutput;
import dev.paddock.llama.inference.libtorch.LibtorchExecutor;
import dev.paddock.llama.inference.libtorch.Precision;
import dev.paddock.llama.weights.WeightSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

@EnabledIf(value = "dev.paddock.kernels.Kernels#available", disabledReason = "vectors of 256 bits are missing")
final class VectorExecutorTest extends ExecutorContract {
    @Override
    protected Executor executor(WeightSource source) {
        return new VectorExecutor(source, DenseKind.FP32, 2);
    }

    @Test
    void twoAdaptersAndTheBareModelEqualLibtorchs() {
        LoraAdapter wide = adapter(31, 5, Projection.values());
        LoraAdapter narrow = adapter(32, 1, Projection.K_PROJ, Projection.UP_PROJ);
        try (Executor expected = new LibtorchExecutor(WEIGHTS, Precision.FP32);
                Executor actual = executor(WEIGHTS)) {
            List<StepOutput> reference = answers(expected, wide, narrow);
            List<StepOutput> answers = answers(actual, wide, narrow);
            for (int i = 0; i < reference.size(); i++) {
                assertThat(answers.get(i).logits())
                        .containsExactly(reference.get(i).logits(), within(1e-3f));
            }
        }
    }

    /** A prompt each, then a batch of next tokens. */
    private static List<StepOutput> answers(Executor executor, LoraAdapter wide, LoraAdapter narrow) {
        executor.loadAdapter("wide", wide);
        executor.loadAdapter("narrow", narrow);
        List<StepInput> prompts = new ArrayList<>();
        List<StepInput> next = new ArrayList<>();
        @Nullable String[] adapters = {"wide", null, "narrow", "wide", null};
        for (int i = 0; i < adapters.length; i++) {
            long sequence = executor.open(adapters[i], 30);
            prompts.add(input(sequence, tokens(i, 7 + i), true));
            next.add(input(sequence, tokens(50 + i, 1), true));
        }
        List<StepOutput> outputs = new ArrayList<>(executor.run(prompts));
        outputs.addAll(executor.run(next));
        return outputs;
    }

    @Test
    void anAdapterInUseStays() {
        try (Executor executor = executor(WEIGHTS)) {
            long bare = executor.weightBytes();
            executor.loadAdapter("used", adapter(1, 2, Projection.Q_PROJ));
            assertThat(executor.weightBytes()).isGreaterThan(bare);
            long sequence = executor.open("used", 4);
            assertThatThrownBy(() -> executor.unloadAdapter("used")).hasMessageContaining("in use");
            executor.release(sequence);
            executor.unloadAdapter("used");
            assertThat(executor.adapters()).isEmpty();
        }
    }

    @Test
    void anAdapterInThePlaceOfAnotherComputesAsItDidAlone() {
        LoraAdapter second = adapter(32, 1, Projection.K_PROJ, Projection.UP_PROJ);
        try (Executor alone = executor(WEIGHTS);
                Executor executor = executor(WEIGHTS)) {
            alone.loadAdapter("second", second);
            float[] expected = last(alone, "second", tokens(4, 9));
            executor.loadAdapter("first", adapter(31, 5, Projection.values()));
            executor.unloadAdapter("first");
            executor.loadAdapter("second", adapter(33, 3, Projection.values()));
            executor.loadAdapter("second", second);
            executor.loadAdapter("third", adapter(34, 5, Projection.values()));
            assertThat(last(executor, "second", tokens(4, 9))).isEqualTo(expected);
        }
    }

    @Test
    void aCacheHandedOverGoesOnAsItsOwn() {
        try (VectorExecutor from = new VectorExecutor(WEIGHTS, DenseKind.FP32, 1);
                VectorExecutor to = new VectorExecutor(WEIGHTS, DenseKind.FP32, 1)) {
            int[] tokens = tokens(3, 21);
            float[] whole = last(to, null, tokens);
            long first = from.open(null, 40);
            from.run(List.of(input(first, Arrays.copyOf(tokens, 18), false)));
            long second = to.open(null, 21);
            to.append(second, 18, from.cache(first, 0));
            StepInput rest = input(second, Arrays.copyOfRange(tokens, 18, 21), true);
            assertThat(to.run(List.of(rest)).get(0).logits()).containsExactly(whole, within(1e-4f));
            assertThatThrownBy(() -> to.append(second, 1, from.cache(first, 17)))
                    .hasMessageContaining("do not fit");
        }
    }

    @Test
    void aTokenOutsideTheVocabularyIsRefused() {
        try (Executor executor = executor(WEIGHTS)) {
            long sequence = executor.open(null, 4);
            assertThatThrownBy(() -> executor.run(List.of(input(sequence, new int[] {101}, true))))
                    .hasMessageContaining("token 101; the vocabulary has 101");
        }
    }

    @Test
    void bfloat16IsNearFp32() {
        try (Executor exact = executor(WEIGHTS);
                Executor half = new VectorExecutor(WEIGHTS, DenseKind.BF16, 1)) {
            float[] expected = last(exact, null, tokens(8, 12));
            float[] rounded = last(half, null, tokens(8, 12));
            assertThat(rounded).containsExactly(expected, within(0.5f));
            assertThat(rounded).isNotEqualTo(expected);
            assertThat(half.weightBytes()).isLessThan(exact.weightBytes() * 2 / 3);
        }
    }
}
