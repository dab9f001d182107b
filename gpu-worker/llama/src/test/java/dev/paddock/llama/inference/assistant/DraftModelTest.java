package dev.paddock.llama.inference.assistant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.llama.config.UnsupportedModelException;
import dev.paddock.llama.inference.FirstLayers;
import dev.paddock.llama.inference.StepInput;
import dev.paddock.llama.inference.draft.Draft;
import dev.paddock.llama.inference.draft.DraftTask;
import dev.paddock.llama.inference.libtorch.LibtorchExecutor;
import dev.paddock.llama.inference.libtorch.Precision;
import dev.paddock.llama.inference.sampling.Logits;
import dev.paddock.llama.inference.sampling.SamplingParameters;
import dev.paddock.llama.tiny.TinyModelFiles;
import dev.paddock.llama.tokenizer.Tokenizer;
import dev.paddock.llama.tokenizer.Tokenizers;
import dev.paddock.llama.weights.ModelFiles;
import dev.paddock.llama.weights.WeightSource;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Guesses are what the smaller model would say by itself, whatever it was told meanwhile. */
final class DraftModelTest {
    private static final WeightSource BASE = ModelFiles.open(TinyModelFiles.folder());
    private static final Tokenizer TOKENIZER = Tokenizers.of(TinyModelFiles.folder());
    private static final int CONTEXT = BASE.config().contextLength();
    private static final LibtorchExecutor ALONE = executor();
    private static final DraftModel DRAFTER = new DraftModel(executor(), TOKENIZER, TOKENIZER, false);

    private final Random random = new Random(5);

    private static LibtorchExecutor executor() {
        return new LibtorchExecutor(new FirstLayers(BASE, 2), Precision.FP32);
    }

    @AfterAll
    static void close() {
        DRAFTER.close();
        ALONE.close();
        TOKENIZER.close();
        BASE.close();
    }

    @Test
    void rejectedGuessesAreForgotten() {
        int[] tokens = tokens(120);
        int[] others = tokens(120);
        for (int length = 1; length < 120; length += 1 + random.nextInt(6)) {
            List<Draft> drafts = DRAFTER.draft(List.of(task(1, tokens, length, 4), task(2, others, length, 2)));
            assertThat(drafts.get(0).tokens()).containsExactly(greedy(tokens, length, 4));
            assertThat(drafts.get(1).tokens()).containsExactly(greedy(others, length, 2));
        }
        DRAFTER.forget(1);
        assertThat(DRAFTER.draft(List.of(task(1, others, 60, 3))).get(0).tokens())
                .containsExactly(greedy(others, 60, 3));
        DRAFTER.forget(1);
        DRAFTER.forget(2);
    }

    @Test
    void aLongPromptIsReadInPieces() {
        int[] tokens = tokens(1200);
        List<DraftTask> tasks = List.of(task(3, tokens, 1200, 2), task(4, tokens, 3, 2));
        assertThat(DRAFTER.draft(tasks)).containsExactly(Draft.NONE, Draft.NONE);
        assertThat(DRAFTER.draft(tasks)).containsExactly(Draft.NONE, Draft.NONE);
        List<Draft> drafts = DRAFTER.draft(tasks);
        assertThat(drafts.get(0).tokens()).containsExactly(greedy(tokens, 1200, 2));
        assertThat(drafts.get(1).tokens()).containsExactly(greedy(tokens, 3, 2));
        DRAFTER.forget(3);
        DRAFTER.forget(4);
    }

    @Test
    void nothingIsGuessedBeyondItsContext() {
        int[] tokens = tokens(CONTEXT + 1);
        Draft draft = Draft.NONE;
        for (int i = 0; i < 9 && draft.size() == 0; i++) {
            draft = DRAFTER.draft(List.of(task(5, tokens, CONTEXT - 1, 4))).get(0);
        }
        assertThat(draft.tokens()).hasSize(2);
        assertThat(DRAFTER.draft(List.of(task(5, tokens, CONTEXT + 1, 4)))).containsExactly(Draft.NONE);
        DRAFTER.forget(5);
    }

    @Test
    void anotherVocabularyIsRefused() {
        assertThatThrownBy(() -> DraftModel.checkVocabulary(changed("vocabularySize", 1023), TOKENIZER))
                .isInstanceOf(UnsupportedModelException.class)
                .hasMessageContaining("the draft model has 1023 tokens and the model 1024");
        assertThatThrownBy(() -> DraftModel.checkVocabulary(changed("bytes", new byte[] {7}), TOKENIZER))
                .isInstanceOf(UnsupportedModelException.class)
                .hasMessageContaining("token 0 of the draft model is another one")
                .hasMessageContaining("must have the model's vocabulary");
        DraftModel.checkVocabulary(TOKENIZER, TOKENIZER);
    }

    private static Tokenizer changed(String method, Object answer) {
        return (Tokenizer) Proxy.newProxyInstance(
                Tokenizer.class.getClassLoader(),
                new Class<?>[] {Tokenizer.class},
                (proxy, called, arguments) ->
                        called.getName().equals(method) ? answer : called.invoke(TOKENIZER, arguments));
    }

    private static DraftTask task(long sequence, int[] tokens, int length, int most) {
        return new DraftTask(sequence, tokens, length, CONTEXT + 9, most, SamplingParameters.greedy());
    }

    private int[] tokens(int count) {
        return random.ints(count, 10, BASE.config().vocabularySize()).toArray();
    }

    private static int[] greedy(int[] tokens, int length, int count) {
        long sequence = ALONE.open(null, CONTEXT);
        int[] next = Arrays.copyOf(tokens, length);
        int[] said = new int[count];
        for (int i = 0; i < count; i++) {
            said[i] = Logits.argMax(ALONE.run(List.of(new StepInput(sequence, next, true, null)))
                    .get(0)
                    .logits());
            next = new int[] {said[i]};
        }
        ALONE.release(sequence);
        return said;
    }
}
