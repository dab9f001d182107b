package dev.paddock.llama.inference;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.llama.inference.assistant.DraftModel;
import dev.paddock.llama.inference.draft.Speculation;
import dev.paddock.llama.inference.libtorch.LibtorchExecutor;
import dev.paddock.llama.inference.libtorch.Precision;
import dev.paddock.llama.inference.sampling.SamplingParameters;
import dev.paddock.llama.inference.schedule.SchedulerLimits;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Sampled answers are distributed alike with and without drafts that another model draws. */
final class DrawnDraftsTest {
    private static final int ANSWERS = 2000;
    private static final int VOCABULARY = 101;
    private static final int[] PROMPT = {5, 17, 60, 33};

    @Test
    void answersAreDistributedAlike() {
        Map<List<Integer>, Integer> plain = counts(null, 0);
        try (AlphabetTokenizer own = new AlphabetTokenizer(VOCABULARY)) {
            DraftModel drafter = new DraftModel(
                    new LibtorchExecutor(new FirstLayers(new RandomWeights(1), 2), Precision.FP32), own, own, true);
            Map<List<Integer>, Integer> drafted = counts(new Speculation(drafter, 3, 99), ANSWERS);
            assertThat(chiSquare(plain, drafted)).isLessThan(4);
        }
    }

    /** In standard deviations above what chance brings on average. */
    private static double chiSquare(Map<List<Integer>, Integer> first, Map<List<Integer>, Integer> second) {
        Set<List<Integer>> answers = new HashSet<>(first.keySet());
        answers.addAll(second.keySet());
        double sum = 0;
        int cells = 0;
        for (List<Integer> answer : answers) {
            int one = first.getOrDefault(answer, 0);
            int two = second.getOrDefault(answer, 0);
            if (one + two > 10) {
                sum += Math.pow(one - two, 2) / (one + two);
                cells++;
            }
        }
        assertThat(cells).isGreaterThan(10);
        return (sum - cells) / Math.sqrt(2 * cells);
    }

    private static Map<List<Integer>, Integer> counts(@Nullable Speculation speculation, long firstSeed) {
        Map<List<Integer>, Integer> counts = new HashMap<>();
        try (Generator generator = new Generator(
                new LibtorchExecutor(new RandomWeights(1), Precision.FP32),
                new AlphabetTokenizer(VOCABULARY),
                new SchedulerLimits(ANSWERS, 64, 64 * 64, 64),
                speculation,
                Clock.systemUTC(),
                StepListener.NONE)) {
            List<RecordingListener> listeners = new ArrayList<>();
            int accepted = 0;
            for (int i = 0; i < ANSWERS; i++) {
                RecordingListener listener = new RecordingListener();
                SamplingParameters sampling = SamplingParameters.sampled(1.5, 1, 3, firstSeed + i);
                generator.submit(GenerationRequest.of(PROMPT, 3, sampling, Set.of()), listener);
                listeners.add(listener);
            }
            for (RecordingListener listener : listeners) {
                accepted += listener.await().drafts().accepted();
                List<Integer> said =
                        listener.tokens.stream().map(GeneratedToken::token).toList();
                counts.merge(said, 1, Integer::sum);
            }
            assertThat(accepted > ANSWERS / 100).isEqualTo(speculation != null);
        }
        return counts;
    }
}
