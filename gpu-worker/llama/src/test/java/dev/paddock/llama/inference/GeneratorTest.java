package dev.paddock.llama.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.llama.adapter.LoraAdapter;
import dev.paddock.llama.inference.sampling.SamplingParameters;
import dev.paddock.llama.inference.schedule.QueueFullException;
import dev.paddock.llama.inference.schedule.SchedulerLimits;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class GeneratorTest {
    private static final int MANY = 100_000;
    private static final SchedulerLimits LIMITS = new SchedulerLimits(2, 2, 600, 8);
    private final AlphabetTokenizer tokenizer = new AlphabetTokenizer();
    private final AlphabetExecutor executor = new AlphabetExecutor();
    private final Generator generator = new Generator(executor, tokenizer, LIMITS, Clock.systemUTC());

    @AfterEach
    void close() {
        executor.steps.release(MANY);
        generator.close();
    }

    @Test
    void anAnswerGoesOnToItsLimit() {
        executor.steps.release(MANY);
        RecordingListener listener = new RecordingListener();
        generator.submit(request("ab", 4), listener);
        assertThat(listener.await()).isEqualTo(new Finished(FinishReason.LENGTH, "", 2, 4));
        assertThat(listener.text).hasToString("cdef");
        assertThat(generator.idle()).isTrue();
    }

    @Test
    void idsWithoutATokenAreNeverSaidNorNamed() {
        executor.steps.release(MANY);
        RecordingListener listener = new RecordingListener();
        GenerationRequest plain = request("b", 5);
        try (Generator padded = new Generator(
                new AlphabetExecutor(executor.steps), new AlphabetTokenizer('d'), LIMITS, Clock.systemUTC())) {
            padded.submit(
                    new GenerationRequest(
                            plain.prompt(), null, 5, plain.sampling(), List.of(), plain.endIds(), 20, 1, null),
                    listener);
            assertThat(listener.await().reason()).isEqualTo(FinishReason.STOP);
        }
        assertThat(listener.text).hasToString("c");
        assertThat(listener.tokens).hasSize(2).allSatisfy(token -> assertThat(
                        Objects.requireNonNull(token.score()).top())
                .isNotEmpty()
                .allSatisfy(alternative -> assertThat(alternative.token()).isLessThan('d')));
    }

    @Test
    void anEndTokenEndsItWithoutText() {
        executor.steps.release(MANY);
        RecordingListener listener = new RecordingListener();
        generator.submit(request("x", 30), listener);
        assertThat(listener.await()).isEqualTo(new Finished(FinishReason.STOP, "", 1, 3));
        assertThat(listener.text).hasToString("yz");
    }

    @Test
    void aStopStringEndsItAndDoesNotLeave() {
        executor.steps.release(MANY);
        RecordingListener listener = new RecordingListener();
        GenerationRequest plain = request("a", 20);
        generator.submit(
                new GenerationRequest(
                        plain.prompt(), null, 20, plain.sampling(), List.of("ef", "gh"), plain.endIds(), 0, 1, null),
                listener);
        assertThat(listener.await().reason()).isEqualTo(FinishReason.STOP);
        assertThat(listener.text).hasToString("bcd");
        assertThat(listener.tokens)
                .allSatisfy(token -> assertThat(token.score()).isNotNull());
    }

    @Test
    void aLongPromptIsScoredInPiecesAndOnlyFromWhereAsked() {
        executor.steps.release(MANY);
        RecordingListener listener = new RecordingListener();
        generator.submit(GenerationRequest.scoring(tokenizer.encode("abcdefghijklmnopqrst"), 5, null, 0), listener);
        assertThat(listener.await()).isEqualTo(new Finished(FinishReason.LENGTH, "", 20, 0));
        assertThat(listener.promptScores).hasSize(15).allSatisfy(score -> assertThat(score.logProbability())
                .isEqualTo(-1));
        assertThat(listener.promptScores.get(0).token()).isEqualTo('f');
        assertThat(executor.batchSizes).hasSize(3);
    }

    @Test
    void whatIsComputedOnceBeginsTheNextSequence() {
        executor.steps.release(MANY);
        String beginning = "abcdefghijklmnopqrs";
        RecordingListener first = new RecordingListener();
        generator.submit(request(beginning + "x", 1), first);
        first.await();
        RecordingListener second = new RecordingListener();
        generator.submit(request(beginning + "uv", 2), second);
        assertThat(second.await().newTokens()).isEqualTo(2);
        assertThat(second.text).hasToString("wx");
        assertThat(executor.forks).containsExactly(beginning.length());
        assertThat(first.begun).containsExactly(0);
        assertThat(second.begun).containsExactly(beginning.length());
    }

    @Test
    void anotherAdaptersBeginningIsNotUsed() {
        executor.steps.release(MANY);
        generator.loadAdapter("a", new LoraAdapter(Map.of()));
        RecordingListener first = new RecordingListener();
        generator.submit(request("abcdefghijklmnopqrst", 1), first);
        first.await();
        RecordingListener second = new RecordingListener();
        GenerationRequest plain = request("abcdefghijklmnopqrst", 1);
        generator.submit(
                new GenerationRequest(
                        plain.prompt(), "a", 1, plain.sampling(), List.of(), plain.endIds(), -1, 20, null),
                second);
        second.await();
        assertThat(executor.forks).isEmpty();
        generator.unloadAdapter("a");
    }

    @Test
    void requestsThatBeginAlikeComputeTheBeginningOnce() {
        RecordingListener[] listeners = new RecordingListener[4];
        for (int i = 0; i < 4; i++) {
            listeners[i] = new RecordingListener();
            int[] tokens = tokenizer.encode("abcdefghijklmnopqrst" + (char) ('a' + i) + "z");
            generator.submit(GenerationRequest.scoring(tokens, 20, null, 0), listeners[i]);
        }
        executor.steps.release(MANY);
        for (RecordingListener listener : listeners) {
            assertThat(listener.await()).isEqualTo(new Finished(FinishReason.LENGTH, "", 22, 0));
            assertThat(listener.promptScores).hasSize(2);
        }
        assertThat(executor.forks).hasSize(3).allMatch(tokens -> tokens >= PrefixCache.LEAST_TOKENS);
    }

    @Test
    void shortRequestsThatBeginAlikeShareWhatEndedBeforeThem() {
        List<RecordingListener> listeners = new ArrayList<>();
        for (String prompt : List.of("abcdefgha", "abcdefghb", "abcdzyxwa", "abcdzyxwb")) {
            RecordingListener listener = new RecordingListener();
            listeners.add(listener);
            generator.submit(GenerationRequest.scoring(tokenizer.encode(prompt), 8, null, 0), listener);
        }
        executor.steps.release(MANY);
        listeners.forEach(listener -> assertThat(listener.await().reason()).isEqualTo(FinishReason.LENGTH));
        assertThat(executor.forks).contains(7, 7);
    }

    @Test
    void keptBeginningsStayWithinTheirBound() {
        executor.steps.release(MANY);
        for (char letter = 'a'; letter < 'k'; letter++) {
            RecordingListener listener = new RecordingListener();
            generator.submit(request((letter + "bcdefghijklmnopqrst"), 1), listener);
            listener.await();
        }
        assertThat(executor.openSequences())
                .isEqualTo(LIMITS.cachedTokens() / Generator.KEPT_PART / SchedulerLimits.BLOCK);
    }

    @Test
    void anUrgentRequestDoesNotWaitForWhatAnOrdinaryOneComputes() throws InterruptedException {
        String beginning = "abcdefghijklmnopqrst";
        RecordingListener ordinary = new RecordingListener();
        RecordingListener urgent = new RecordingListener();
        generator.submit(request(beginning + "uv", 1), ordinary);
        awaitWaitingStep();
        GenerationRequest plain = request(beginning + "wx", 1);
        generator.submit(
                new GenerationRequest(
                        plain.prompt(),
                        null,
                        1,
                        plain.sampling(),
                        List.of(),
                        plain.endIds(),
                        -1,
                        plain.prompt().length,
                        null,
                        true,
                        null,
                        null),
                urgent);
        executor.steps.release(MANY);
        ordinary.await();
        urgent.await();
        assertThat(urgent.begun).singleElement().satisfies(tokens -> assertThat(tokens)
                .isLessThan(beginning.length()));
    }

    @Test
    void aContextThatTheCacheCannotHoldIsServedAsFarAsItDoes() {
        executor.steps.release(MANY);
        try (Generator small = new Generator(
                new AlphabetExecutor(executor.steps),
                new AlphabetTokenizer(),
                new SchedulerLimits(2, 2, 10, 8),
                Clock.systemUTC())) {
            assertThat(small.contextLength()).isEqualTo(10);
            assertThatThrownBy(() -> small.submit(request("abcdefghij", 1), new RecordingListener()))
                    .isInstanceOfSatisfying(PromptTooLongException.class, tooLong -> assertThat(tooLong.contextLength())
                            .isEqualTo(10));
            RecordingListener listener = new RecordingListener();
            small.submit(request("abcdefgh", 9), listener);
            assertThat(listener.await().newTokens()).isEqualTo(2);
        }
        assertThat(generator.contextLength()).isEqualTo(40);
    }

    @Test
    void requestsShareSteps() throws InterruptedException {
        RecordingListener first = new RecordingListener();
        RecordingListener second = new RecordingListener();
        generator.submit(request("a", 5), first);
        executor.steps.release(2);
        first.firstToken.await();
        generator.submit(request("m", 5), second);
        executor.steps.release(MANY);
        first.await();
        second.await();
        assertThat(first.text).hasToString("bcdef");
        assertThat(second.text).hasToString("nopqr");
        assertThat(executor.batchSizes).contains(2);
    }

    @Test
    void aCancelledRequestEndsWithinOneStep() throws InterruptedException {
        RecordingListener listener = new RecordingListener();
        Cancellable running = generator.submit(request("a", 30), listener);
        executor.steps.release(1);
        listener.firstToken.await();
        running.cancel();
        executor.steps.release(1);
        assertThat(listener.await().reason()).isEqualTo(FinishReason.CANCELLED);
        assertThat(listener.tokens.size()).isBetween(1, 2);
        running.cancel();
    }

    @Test
    void tooManyWaitingAreRefusedAndNothingIsLeftBehind() {
        RecordingListener[] listeners = new RecordingListener[4];
        for (int i = 0; i < 4; i++) {
            listeners[i] = new RecordingListener();
            generator.submit(request("a", 2), listeners[i]);
        }
        assertThatThrownBy(() -> generator.submit(request("a", 2), new RecordingListener()))
                .isInstanceOf(QueueFullException.class);
        executor.steps.release(MANY);
        for (RecordingListener listener : listeners) {
            assertThat(listener.await().newTokens()).isEqualTo(2);
        }
    }

    @Test
    void aDeadlineEndsIt() {
        executor.steps.release(MANY);
        RecordingListener listener = new RecordingListener();
        GenerationRequest late = new GenerationRequest(
                tokenizer.encode("a"), null, 5, SamplingParameters.greedy(), List.of(), Set.of(), -1, 1, Instant.EPOCH);
        generator.submit(late, listener);
        assertThat(listener.await().reason()).isEqualTo(FinishReason.DEADLINE);
    }

    @Test
    void aFaultEndsItsOwnStepOnly() {
        executor.steps.release(MANY);
        RecordingListener broken = new RecordingListener();
        generator.submit(request("!", 5), broken);
        assertThatThrownBy(broken::await).hasRootCauseMessage("broken weights");
        RecordingListener next = new RecordingListener();
        generator.submit(request("a", 1), next);
        assertThat(next.await().reason()).isEqualTo(FinishReason.LENGTH);
        assertThat(executor.openSequences()).isZero();
    }

    @Test
    void anErrorEndsThoseThatAreThereAndTheModelGoesOn() {
        RecordingListener broken = new RecordingListener();
        RecordingListener beside = new RecordingListener();
        generator.submit(request("#", 5), broken);
        generator.submit(request("a", 30), beside);
        executor.steps.release(MANY);
        for (RecordingListener listener : List.of(broken, beside)) {
            assertThatThrownBy(listener::await).hasRootCauseMessage("broken code");
        }
        RecordingListener next = new RecordingListener();
        generator.submit(request("a", 1), next);
        assertThat(next.await().reason()).isEqualTo(FinishReason.LENGTH);
        assertThat(generator.idle()).isTrue();
    }

    @Test
    void whatCannotRunIsRefusedWithItsNumbers() {
        assertThatThrownBy(() -> generator.submit(request("a".repeat(40), 1), new RecordingListener()))
                .isInstanceOfSatisfying(PromptTooLongException.class, tooLong -> {
                    assertThat(tooLong.promptTokens()).isEqualTo(40);
                    assertThat(tooLong.contextLength()).isEqualTo(40);
                });
        assertThatThrownBy(() -> generator.submit(
                        GenerationRequest.scoring(tokenizer.encode("ab"), 1, "sha256:0", 0), new RecordingListener()))
                .isInstanceOf(UnknownAdapterException.class);
        assertThatThrownBy(() -> generator.submit(
                        GenerationRequest.of(new int[] {128}, 1, SamplingParameters.greedy(), Set.of()),
                        new RecordingListener()))
                .hasMessageContaining("0 to 127");
        assertThat(generator.idle()).isTrue();
    }

    @Test
    void anAdapterInUseStays() throws InterruptedException {
        generator.loadAdapter("a", new LoraAdapter(Map.of()));
        RecordingListener listener = new RecordingListener();
        GenerationRequest plain = request("a", 3);
        generator.submit(
                new GenerationRequest(plain.prompt(), "a", 3, plain.sampling(), List.of(), Set.of(), -1, 1, null),
                listener);
        executor.steps.release(1);
        listener.firstToken.await();
        assertThatThrownBy(() -> generator.unloadAdapter("a")).hasMessageContaining("in use");
        executor.steps.release(MANY);
        listener.await();
        generator.unloadAdapter("a");
        assertThat(executor.adapters()).isEmpty();
    }

    /** Until a step has begun that may not end yet. */
    private void awaitWaitingStep() throws InterruptedException {
        while (!executor.steps.hasQueuedThreads()) {
            TimeUnit.MILLISECONDS.sleep(1);
        }
    }

    /** A request given up is no use any more, even where its step still runs. */
    @Test
    void anAdapterOfARequestGivenUpLeavesAfterItsStep() throws Exception {
        generator.loadAdapter("a", new LoraAdapter(Map.of()));
        RecordingListener listener = new RecordingListener();
        GenerationRequest plain = request("a", 30);
        Cancellable running = generator.submit(
                new GenerationRequest(plain.prompt(), "a", 30, plain.sampling(), List.of(), Set.of(), -1, 1, null),
                listener);
        executor.steps.release(1);
        listener.firstToken.await();
        awaitWaitingStep();
        running.cancel();
        CompletableFuture<Void> unloaded = CompletableFuture.runAsync(() -> generator.unloadAdapter("a"));
        assertThatThrownBy(() -> unloaded.get(200, TimeUnit.MILLISECONDS))
                .as("it waits for the step")
                .isInstanceOf(TimeoutException.class);
        executor.steps.release(MANY);
        unloaded.get(20, TimeUnit.SECONDS);
        assertThat(listener.await().reason()).isEqualTo(FinishReason.CANCELLED);
        assertThat(executor.adapters()).isEmpty();
    }

    private GenerationRequest request(String prompt, int newTokens) {
        return GenerationRequest.of(tokenizer.encode(prompt), newTokens, SamplingParameters.greedy(), Set.of(0));
    }
}
