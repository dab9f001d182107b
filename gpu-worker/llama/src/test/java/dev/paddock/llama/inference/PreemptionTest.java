package dev.paddock.llama.inference;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.llama.inference.libtorch.LibtorchExecutor;
import dev.paddock.llama.inference.libtorch.Precision;
import dev.paddock.llama.inference.sampling.SamplingParameters;
import dev.paddock.llama.inference.schedule.SchedulerLimits;
import dev.paddock.llama.tiny.TinyModelFiles;
import dev.paddock.llama.tokenizer.Tokenizers;
import dev.paddock.llama.weights.ModelFiles;
import dev.paddock.llama.weights.WeightSource;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Answers of the tiny model where the cache has room for all, and where some must give way. */
final class PreemptionTest {
    private static final int REQUESTS = 4;
    private static final int PROMPT = 30;
    private static final int ANSWER = 90;

    @Test
    void whoGivesWayAnswersAsIfNothingHadHappened() {
        try (WeightSource base = ModelFiles.open(TinyModelFiles.folder());
                Generator roomy = generator(base, REQUESTS * (PROMPT + ANSWER) * 2);
                Generator tight = generator(base, 2 * (PROMPT + ANSWER))) {
            assertThat(answers(tight)).isEqualTo(answers(roomy));
            assertThat(roomy.preemptions()).isZero();
            assertThat(tight.preemptions()).isPositive();
            assertThat(tight.cacheUse()).isZero();
        }
    }

    private static Generator generator(WeightSource base, int cachedTokens) {
        return new Generator(
                new LibtorchExecutor(base, Precision.FP32),
                Tokenizers.of(TinyModelFiles.folder()),
                new SchedulerLimits(REQUESTS, REQUESTS, cachedTokens, 64),
                Clock.systemUTC());
    }

    private static List<List<Integer>> answers(Generator generator) {
        Random random = new Random(5);
        int vocabulary = generator.executor().config().vocabularySize();
        List<RecordingListener> listeners = new ArrayList<>();
        for (int i = 0; i < REQUESTS; i++) {
            int[] prompt = random.ints(PROMPT, 10, vocabulary).toArray();
            RecordingListener listener = new RecordingListener();
            generator.submit(GenerationRequest.of(prompt, ANSWER, SamplingParameters.greedy(), Set.of()), listener);
            listeners.add(listener);
        }
        return listeners.stream()
                .map(listener -> {
                    assertThat(listener.await().newTokens()).isEqualTo(ANSWER);
                    assertThat(listener.begun)
                            .as("told once, however often it gave way")
                            .hasSize(1);
                    return listener.tokens.stream().map(GeneratedToken::token).toList();
                })
                .toList();
    }
}
