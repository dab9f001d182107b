package dev.paddock.llama.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.paddock.llama.inference.assistant.DraftModel;
import dev.paddock.llama.inference.draft.Drafter;
import dev.paddock.llama.inference.draft.PromptLookup;
import dev.paddock.llama.inference.draft.Speculation;
import dev.paddock.llama.inference.hybrid.HybridExecutor;
import dev.paddock.llama.inference.libtorch.LibtorchExecutor;
import dev.paddock.llama.inference.libtorch.Precision;
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
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** The tiny model in fp32 says with a drafter what it says without: greedily and by seeds, whatever runs beside it. */
final class SpeculativeAnswersTest {
    private static final int ROOMY = 40_000;
    private static final WeightSource BASE = ModelFiles.open(TinyModelFiles.folder());
    private static final Tokenizer TOKENIZER = Tokenizers.of(TinyModelFiles.folder());
    private static final List<GenerationRequest> REQUESTS = new ManyRequests(TOKENIZER).list();
    private static final List<Told> PLAIN = answers(null, 1, ROOMY);

    /** An answer as its listener heard it. */
    private record Told(List<GeneratedToken> tokens, String text, Finished end) {
        List<Integer> ids() {
            return tokens.stream().map(GeneratedToken::token).toList();
        }
    }

    @AfterAll
    static void close() {
        TOKENIZER.close();
        BASE.close();
    }

    @Test
    void promptLookup() {
        assertSame(answers(new PromptLookup(4, 1), 8, ROOMY), 100);
    }

    @Test
    void aSmallerModel() {
        assertSame(answers(draftModel(2), 8, ROOMY), 100);
    }

    @Test
    void aModelThatIsAlwaysRightWhereAnswersAreGreedy() {
        assertSame(answers(draftModel(4), 1, ROOMY), 400);
    }

    @Test
    void whereSomeMustGiveWay() {
        assertSame(answers(new PromptLookup(4, 1), 8, 300), 100);
        assertSame(answers(draftModel(2), 8, 300), 100);
    }

    @Test
    @EnabledIf(value = "dev.paddock.kernels.Kernels#available", disabledReason = "vectors of 256 bits are missing")
    void whereFewRowsRunOnVectors() {
        HybridExecutor executor = new HybridExecutor(
                new LibtorchExecutor(BASE, Precision.FP32), new VectorExecutor(BASE, DenseKind.FP32, 1), 12);
        assertSame(answers(new PromptLookup(4, 1), executor, 4, ROOMY), 100);
    }

    private static Drafter draftModel(int layers) {
        try (Tokenizer own = Tokenizers.of(TinyModelFiles.folder())) {
            return new DraftModel(
                    new LibtorchExecutor(new FirstLayers(BASE, layers), Precision.FP32), own, TOKENIZER, false);
        }
    }

    private static void assertSame(List<Told> drafted, int leastAccepted) {
        int accepted = 0;
        int rejected = 0;
        for (int i = 0; i < REQUESTS.size(); i++) {
            Told plain = PLAIN.get(i);
            Told own = drafted.get(i);
            assertThat(own.ids()).as("request %d: %s", i, REQUESTS.get(i)).isEqualTo(plain.ids());
            assertThat(own.text()).isEqualTo(plain.text());
            assertThat(own.end().reason()).isEqualTo(plain.end().reason());
            assertThat(own.end().newTokens()).isEqualTo(plain.end().newTokens());
            for (int token = 0; token < plain.tokens().size(); token++) {
                assertScore(
                        own.tokens().get(token).score(),
                        plain.tokens().get(token).score());
            }
            accepted += own.end().drafts().accepted();
            rejected += own.end().drafts().rejected();
        }
        assertThat(accepted).isGreaterThan(leastAccepted);
        assertThat(rejected).isPositive();
    }

    private static void assertScore(@Nullable TokenScore found, @Nullable TokenScore wanted) {
        assertThat(found == null).isEqualTo(wanted == null);
        if (wanted != null) {
            TokenScore score = Objects.requireNonNull(found);
            assertThat(score.logProbability()).isCloseTo(wanted.logProbability(), within(1e-3));
            assertThat(score.top()).hasSameSizeAs(wanted.top());
        }
    }

    private static List<Told> answers(@Nullable Drafter drafter, int atOnce, int cachedTokens) {
        return answers(drafter, new LibtorchExecutor(BASE, Precision.FP32), atOnce, cachedTokens);
    }

    private static List<Told> answers(@Nullable Drafter drafter, Executor executor, int atOnce, int cachedTokens) {
        SchedulerLimits limits = new SchedulerLimits(REQUESTS.size(), atOnce, cachedTokens, 64);
        Speculation speculation = drafter == null ? null : new Speculation(drafter, 4, 99);
        try (Generator generator = new Generator(
                executor,
                Tokenizers.of(TinyModelFiles.folder()),
                limits,
                speculation,
                Clock.systemUTC(),
                StepListener.NONE)) {
            generator.loadAdapter(ManyRequests.ADAPTER, ManyRequests.adapter());
            List<RecordingListener> listeners = new ArrayList<>();
            for (GenerationRequest request : REQUESTS) {
                RecordingListener listener = new RecordingListener();
                generator.submit(request, listener);
                listeners.add(listener);
            }
            return listeners.stream().map(SpeculativeAnswersTest::told).toList();
        }
    }

    private static Told told(RecordingListener listener) {
        Finished end = listener.await();
        return new Told(listener.tokens, listener.text.toString(), end);
    }
}
