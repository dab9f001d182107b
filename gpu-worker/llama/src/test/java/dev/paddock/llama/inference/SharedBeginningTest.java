package dev.paddock.llama.inference;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.llama.adapter.AdapterForm;
import dev.paddock.llama.inference.hybrid.HybridExecutor;
import dev.paddock.llama.inference.libtorch.LibtorchExecutor;
import dev.paddock.llama.inference.libtorch.Precision;
import dev.paddock.llama.inference.sampling.SamplingParameters;
import dev.paddock.llama.inference.schedule.SchedulerLimits;
import dev.paddock.llama.inference.vector.DenseKind;
import dev.paddock.llama.inference.vector.VectorExecutor;
import dev.paddock.llama.tiny.TinyModelFiles;
import dev.paddock.llama.tokenizer.Tokenizer;
import dev.paddock.llama.tokenizer.Tokenizers;
import dev.paddock.llama.weights.ModelFiles;
import dev.paddock.llama.weights.WeightSource;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/**
 * The same prompt for several adapters of the tiny model, one after the other and again: what one has computed begins its own answers
 * and nobody else's.
 */
class SharedBeginningTest {
    private static final WeightSource BASE = ModelFiles.open(TinyModelFiles.folder());
    private static final @Nullable String[] NAMES = {null, "first", "second"};
    private static final int NEW_TOKENS = 24;

    @AfterAll
    static void close() {
        BASE.close();
    }

    @Test
    void inLibtorch() {
        assertApart(() -> new LibtorchExecutor(BASE, Precision.FP32));
    }

    @Test
    @EnabledIf(value = "dev.paddock.kernels.Kernels#available", disabledReason = "vectors of 256 bits are missing")
    void whereVectorsGoOn() {
        assertApart(() -> new HybridExecutor(
                new LibtorchExecutor(BASE, Precision.FP32), new VectorExecutor(BASE, DenseKind.FP32, 1), 12));
    }

    private static void assertApart(Supplier<Executor> executors) {
        List<List<Integer>> alone = new ArrayList<>();
        for (String name : NAMES) {
            try (Generator generator = generator(executors.get())) {
                alone.add(ids(ask(generator, name)));
            }
        }
        assertThat(new HashSet<>(alone)).as("different answers").hasSize(NAMES.length);
        try (Generator generator = generator(executors.get())) {
            for (int round = 0; round < 3; round++) {
                for (int i = 0; i < NAMES.length; i++) {
                    RecordingListener heard = ask(generator, NAMES[i]);
                    assertThat(ids(heard)).as("%s, round %d", NAMES[i], round).isEqualTo(alone.get(i));
                    assertThat(heard.begun.get(0) > 0)
                            .as("goes on from its own")
                            .isEqualTo(round > 0);
                }
            }
        }
    }

    private static Generator generator(Executor executor) {
        Tokenizer tokenizer = Tokenizers.of(TinyModelFiles.folder());
        Generator generator =
                new Generator(executor, tokenizer, new SchedulerLimits(9, 9, 4000, 512), Clock.systemUTC());
        DrawnAdapters drawn = new DrawnAdapters(BASE, 0.5);
        generator.loadAdapter("first", drawn.draw(1, AdapterForm.LORA, 8));
        generator.loadAdapter("second", drawn.draw(2, AdapterForm.DORA, 4));
        return generator;
    }

    private static RecordingListener ask(Generator generator, @Nullable String adapter) {
        int[] prompt = generator
                .tokenizer()
                .encode(
                        "Dear team, my parcel has not come. I ordered it ten days ago, and the tracking page says nothing.");
        RecordingListener listener = new RecordingListener();
        generator.submit(
                new GenerationRequest(
                        prompt,
                        adapter,
                        NEW_TOKENS,
                        SamplingParameters.greedy(),
                        List.of(),
                        Set.of(),
                        -1,
                        prompt.length,
                        null),
                listener);
        assertThat(listener.await().newTokens()).isEqualTo(NEW_TOKENS);
        return listener;
    }

    private static List<Integer> ids(RecordingListener heard) {
        return heard.tokens.stream().map(GeneratedToken::token).toList();
    }
}
