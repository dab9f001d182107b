package dev.paddock.llama.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.llama.inference.beam.BeamSettings;
import dev.paddock.llama.inference.beam.EarlyStopping;
import dev.paddock.llama.inference.draft.DraftCounts;
import dev.paddock.llama.inference.draft.Speculation;
import dev.paddock.llama.inference.sampling.SamplingParameters;
import dev.paddock.llama.inference.schedule.QueueFullException;
import dev.paddock.llama.inference.schedule.SchedulerLimits;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Searches among other requests, in a model that knows the alphabet. */
final class BeamGenerationTest {
    private static final int MANY = 100_000;
    private static final BeamSettings THREE = new BeamSettings(3, 2, 1, EarlyStopping.LIKELY);
    private final AlphabetTokenizer tokenizer = new AlphabetTokenizer();
    private final AlphabetExecutor executor = new AlphabetExecutor();
    private final ScriptedDrafter drafter = new ScriptedDrafter(3);
    private final Generator generator = new Generator(
            executor,
            tokenizer,
            new SchedulerLimits(2, 4, 400, 8),
            new Speculation(drafter, 3, 99),
            Clock.systemUTC(),
            StepListener.NONE);

    @AfterEach
    void close() {
        executor.steps.release(MANY);
        generator.close();
    }

    @Test
    void itsBeamsRunInOneStepAndAfterThemOneCacheIsKept() {
        executor.steps.release(MANY);
        SearchListener listener = new SearchListener();
        generator.submit(request("abcdef", 5, List.of()).searched(THREE), listener);
        List<FoundAnswer> answers = listener.await();
        assertThat(answers).hasSize(2);
        assertThat(text(answers.get(0))).isEqualTo("ghijk");
        assertThat(answers.get(0).finished()).isEqualTo(new Finished(FinishReason.LENGTH, "", 6, 5));
        assertThat(answers.get(1).score()).isLessThan(answers.get(0).score());
        assertThat(executor.batchSizes).containsExactly(1, 3, 3, 3, 3);
        assertThat(executor.openSequences()).isEqualTo(1);
        assertThat(listener.begun).containsExactly(0);
        assertThat(generator.idle()).isTrue();
        assertThat(generator.cacheUse()).isZero();
    }

    @Test
    void aStopStringEndsAnAnswerAndDoesNotLeave() {
        executor.steps.release(MANY);
        SearchListener listener = new SearchListener();
        generator.submit(request("abcd", 12, List.of("gh")).searched(THREE), listener);
        FoundAnswer best = listener.await().get(0);
        assertThat(text(best)).isEqualTo("ef");
        assertThat(best.tokens()).hasSize(4);
        assertThat(best.finished().reason()).isEqualTo(FinishReason.STOP);
    }

    @Test
    void neighboursGuessAheadAndASearchDoesNot() {
        RecordingListener neighbour = new RecordingListener();
        SearchListener listener = new SearchListener();
        generator.submit(request("a", 20, List.of()), neighbour);
        generator.submit(request("abcdefghi", 9, List.of()).searched(THREE), listener);
        executor.steps.release(MANY);
        FoundAnswer best = listener.await().get(0);
        assertThat(text(best)).isEqualTo("jklmnopqr");
        assertThat(best.finished().drafts()).isEqualTo(DraftCounts.NONE);
        assertThat(neighbour.await().newTokens()).isEqualTo(20);
        assertThat(neighbour.text).hasToString("bcdefghijklmnopqrstu");
    }

    @Test
    void aListenerOfOneAnswerHearsTheBest() {
        executor.steps.release(MANY);
        RecordingListener listener = new RecordingListener();
        generator.submit(request("x", 30, List.of()).searched(THREE), listener);
        assertThat(listener.await().reason()).isEqualTo(FinishReason.STOP);
        assertThat(listener.text).hasToString("yz");
    }

    @Test
    void aSearchGivenUpEndsWithinOneStep() throws InterruptedException {
        SearchListener listener = new SearchListener();
        Cancellable running = generator.submit(request("abcdef", 30, List.of()).searched(THREE), listener);
        executor.steps.release(2);
        listener.running.await();
        running.cancel();
        executor.steps.release(1);
        assertThat(listener.end().reason()).isEqualTo(FinishReason.CANCELLED);
        assertThat(executor.openSequences()).isLessThanOrEqualTo(1);
        assertThat(generator.idle()).isTrue();
    }

    @Test
    void aDeadlineEndsIt() {
        executor.steps.release(MANY);
        SearchListener listener = new SearchListener();
        GenerationRequest late = new GenerationRequest(
                tokenizer.encode("a"), null, 5, SamplingParameters.greedy(), List.of(), Set.of(), -1, 1, Instant.EPOCH);
        generator.submit(late.searched(THREE), listener);
        assertThat(listener.end().reason()).isEqualTo(FinishReason.DEADLINE);
    }

    @Test
    void aFaultEndsItsOwnStepOnly() {
        executor.steps.release(MANY);
        SearchListener broken = new SearchListener();
        generator.submit(request("!", 5, List.of()).searched(THREE), broken);
        assertThatThrownBy(broken::await).hasRootCauseMessage("broken weights");
        assertThat(executor.openSequences()).isZero();
    }

    @Test
    void itsBeamsCountInTheQueueAndInTheCache() {
        GenerationRequest request = request("abcd", 30, List.of());
        BeamSettings wide = new BeamSettings(16, 1, 1, EarlyStopping.FULL);
        assertThatThrownBy(() -> generator.submit(request.searched(wide), new SearchListener()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("16 rows of 4 prompt and 30 new tokens");
        generator.submit(request.searched(THREE), new SearchListener());
        generator.submit(request.searched(THREE), new SearchListener());
        assertThatThrownBy(() -> generator.submit(request, new RecordingListener()))
                .isInstanceOf(QueueFullException.class);
    }

    @Test
    void whatASearchDoesNotHaveIsRefused() {
        assertThatThrownBy(() -> request("ab", 0, List.of()).searched(THREE)).hasMessageContaining("one token or more");
        GenerationRequest scoring = GenerationRequest.scoring(tokenizer.encode("abcd"), 1, null, 0);
        assertThatThrownBy(() -> scoring.searched(THREE)).hasMessageContaining("scores of the prompt");
    }

    private static String text(FoundAnswer answer) {
        return answer.tokens().stream().map(GeneratedToken::text).collect(Collectors.joining())
                + answer.finished().text();
    }

    private GenerationRequest request(String prompt, int newTokens, List<String> stop) {
        int[] tokens = tokenizer.encode(prompt);
        return new GenerationRequest(
                tokens, null, newTokens, SamplingParameters.greedy(), stop, Set.of(0), -1, tokens.length, null);
    }
}
