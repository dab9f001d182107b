package dev.paddock.llama.inference;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.llama.inference.draft.DraftCounts;
import dev.paddock.llama.inference.draft.Speculation;
import dev.paddock.llama.inference.sampling.SamplingParameters;
import dev.paddock.llama.inference.schedule.SchedulerLimits;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;

/** Right and wrong guesses at answers that are known. */
final class DraftedGenerationTest {
    private final AlphabetExecutor executor = new AlphabetExecutor(new Semaphore(1_000_000));

    @Test
    void rightGuessesSaveStepsAndWrongOnesChangeNothing() {
        for (int right = 0; right <= 4; right++) {
            executor.batchSizes.clear();
            RecordingListener listener = new RecordingListener();
            try (Generator generator = generator(new ScriptedDrafter(right))) {
                generator.submit(request("a", 12, List.of()), listener);
                Finished end = listener.await();
                assertThat(end.newTokens()).isEqualTo(12);
                assertThat(end.reason()).isEqualTo(FinishReason.LENGTH);
                int steps = (int) Math.ceil(12.0 / (Math.min(right, 3) + 1));
                assertThat(executor.batchSizes).hasSize(steps);
                assertThat(end.drafts().accepted()).isEqualTo(12 - steps);
                assertThat(end.drafts().rejected() == 0).isEqualTo(right >= 3);
            }
            assertThat(listener.text).hasToString("bcdefghijklm");
        }
    }

    @Test
    void anEndWithinADraftEndsTheAnswerThere() {
        try (Generator generator = generator(new ScriptedDrafter(3))) {
            RecordingListener stopped = new RecordingListener();
            generator.submit(request("a", 20, List.of("de")), stopped);
            assertThat(stopped.await())
                    .isEqualTo(new Finished(FinishReason.STOP, "", 1, 4, List.of(), new DraftCounts(3, 0)));
            assertThat(stopped.text).hasToString("bc");
            RecordingListener ended = new RecordingListener();
            generator.submit(request("x", 20, List.of()), ended);
            assertThat(ended.await())
                    .isEqualTo(new Finished(FinishReason.STOP, "", 1, 3, List.of(), new DraftCounts(3, 0)));
            assertThat(ended.text).hasToString("yz");
        }
    }

    @Test
    void whatWasRightBeginsOtherSequencesAndWhatWasWrongDoesNot() {
        ScriptedDrafter drafter = new ScriptedDrafter(2);
        try (Generator generator = generator(drafter)) {
            RecordingListener first = new RecordingListener();
            generator.submit(request("a", 8, List.of()), first);
            first.await();
            RecordingListener second = new RecordingListener();
            generator.submit(request("abcdefghi", 1, List.of()), second);
            second.await();
            assertThat(executor.forks).containsExactly(8);
        }
        assertThat(drafter.forgotten).containsExactly(1L, 2L);
    }

    @Test
    void neighboursGuessAsFarAsTheStepHasRows() {
        List<RecordingListener> listeners = new ArrayList<>();
        try (Generator generator = generator(new ScriptedDrafter(3))) {
            for (String prompt : List.of("a", "b", "c", "d", "e")) {
                RecordingListener listener = new RecordingListener();
                generator.submit(request(prompt, 9, List.of()), listener);
                listeners.add(listener);
            }
            listeners.forEach(
                    listener -> assertThat(listener.await().newTokens()).isEqualTo(9));
        }
        assertThat(listeners.get(4).text).hasToString("fghijklmn");
    }

    @Test
    void aDrafterThatFailsIsDoneWithoutAndForgetsWhoLeaves() {
        ScriptedDrafter drafter = new ScriptedDrafter(-1);
        try (Generator generator = generator(drafter)) {
            RecordingListener listener = new RecordingListener();
            generator.submit(request("a", 5, List.of()), listener);
            assertThat(listener.await()).isEqualTo(new Finished(FinishReason.LENGTH, "", 1, 5));
            assertThat(listener.text).hasToString("bcdef");
        }
        assertThat(drafter.forgotten).containsExactly(1L);
    }

    private Generator generator(ScriptedDrafter drafter) {
        return new Generator(
                executor,
                new AlphabetTokenizer(),
                new SchedulerLimits(9, 9, 400, 8),
                new Speculation(drafter, 3, 99),
                Clock.systemUTC(),
                StepListener.NONE);
    }

    private static GenerationRequest request(String prompt, int newTokens, List<String> stop) {
        int[] tokens = new AlphabetTokenizer().encode(prompt);
        return new GenerationRequest(
                tokens, null, newTokens, SamplingParameters.greedy(), stop, Set.of(0), -1, tokens.length, null);
    }
}
