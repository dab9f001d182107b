package dev.paddock.llama.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.paddock.llama.inference.beam.BeamSettings;
import dev.paddock.llama.inference.beam.EarlyStopping;
import dev.paddock.llama.inference.hybrid.HybridExecutor;
import dev.paddock.llama.inference.libtorch.LibtorchExecutor;
import dev.paddock.llama.inference.libtorch.Precision;
import dev.paddock.llama.inference.sampling.SamplingParameters;
import dev.paddock.llama.inference.schedule.SchedulerLimits;
import dev.paddock.llama.inference.vector.DenseKind;
import dev.paddock.llama.inference.vector.VectorExecutor;
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
import org.junit.jupiter.api.condition.EnabledIf;

/** Searches in the tiny model where some must give way, and where two executors share the work. */
final class TinyBeamsTest {
    private static final int SEARCHES = 4;
    private static final int PROMPT = 30;
    private static final int ANSWER = 90;
    private static final BeamSettings BEAMS = new BeamSettings(3, 2, 1, EarlyStopping.LIKELY);

    @Test
    void whoGivesWayFindsWhatItWouldHaveFound() {
        try (WeightSource base = ModelFiles.open(TinyModelFiles.folder());
                Generator roomy = generator(base, SEARCHES * BEAMS.width() * (PROMPT + ANSWER) * 2);
                Generator tight = generator(base, 2 * BEAMS.width() * (PROMPT + ANSWER))) {
            List<FoundAnswer> wanted = answers(roomy);
            List<FoundAnswer> found = answers(tight);
            assertThat(roomy.preemptions()).isZero();
            assertThat(tight.preemptions()).isPositive();
            assertThat(tight.cacheUse()).isZero();
            for (int i = 0; i < wanted.size(); i++) {
                assertThat(ids(found.get(i))).isEqualTo(ids(wanted.get(i)));
                assertThat(found.get(i).score()).isCloseTo(wanted.get(i).score(), within(1e-4));
            }
        }
    }

    @Test
    @EnabledIf(value = "dev.paddock.kernels.Kernels#available", disabledReason = "vectors of 256 bits are missing")
    void beamsAreFoundWhereFewRowsRunOnVectors() {
        try (WeightSource base = ModelFiles.open(TinyModelFiles.folder())) {
            new BeamFigures()
                    .assertFoundBy(
                            new HybridExecutor(
                                    new LibtorchExecutor(base, Precision.FP32),
                                    new VectorExecutor(base, DenseKind.FP32, 1),
                                    5),
                            1000);
        }
    }

    private static Generator generator(WeightSource base, int cachedTokens) {
        return new Generator(
                new LibtorchExecutor(base, Precision.FP32),
                Tokenizers.of(TinyModelFiles.folder()),
                new SchedulerLimits(60, 60, cachedTokens, 64),
                Clock.systemUTC());
    }

    private static List<FoundAnswer> answers(Generator generator) {
        Random random = new Random(5);
        int vocabulary = generator.executor().config().vocabularySize();
        List<SearchListener> listeners = new ArrayList<>();
        for (int i = 0; i < SEARCHES; i++) {
            int[] prompt = random.ints(PROMPT, 10, vocabulary).toArray();
            SearchListener listener = new SearchListener();
            GenerationRequest plain = GenerationRequest.of(prompt, ANSWER, SamplingParameters.greedy(), Set.of());
            generator.submit(plain.searched(BEAMS), listener);
            listeners.add(listener);
        }
        List<FoundAnswer> answers = new ArrayList<>();
        for (SearchListener listener : listeners) {
            answers.addAll(listener.await());
            assertThat(listener.begun)
                    .as("told once, however often it gave way")
                    .hasSize(1);
        }
        assertThat(answers).hasSize(SEARCHES * BEAMS.answers());
        return answers;
    }

    private static List<Integer> ids(FoundAnswer answer) {
        return answer.tokens().stream().map(GeneratedToken::token).toList();
    }
}
