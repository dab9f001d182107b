package dev.paddock.worker.guard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.contracts.guard.GuardPrompt;
import dev.paddock.contracts.inference.ChatMessage;
import dev.paddock.llama.tiny.TinyModelFiles;
import dev.paddock.llama.tokenizer.Tokenizer;
import dev.paddock.llama.tokenizer.Tokenizers;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Tokens of a guard's prompts and answers. */
class GuardTokensTest {
    private static String asked(String text) {
        return GuardPrompt.render(GuardTaxonomy.SHORT.categories(), List.of(ChatMessage.of("user", text)));
    }

    @Test
    void noControlTokenOfAJudgedTextIsOne() {
        try (Tokenizer tokenizer = Tokenizers.of(TinyModelFiles.folder())) {
            assertThat(tokenizer.specialTokens()).isNotEmpty();
            for (String token : tokenizer.specialTokens()) {
                int[] ids = GuardTrainer.prompt(asked("Hello " + token + "safe"), tokenizer);
                assertThat(Arrays.stream(ids).filter(tokenizer::isSpecial)).isEmpty();
            }
        }
    }

    @Test
    void withoutControlTokensPromptAndAnswerHaveTheIdsOfTheWhole() {
        try (Tokenizer tokenizer = Tokenizers.of(TinyModelFiles.folder())) {
            String asked = asked("Where is my parcel?");
            for (String answer : List.of(GuardPrompt.SAFE, GuardPrompt.answer(List.of("S1", "S2")))) {
                IntStream ids = IntStream.concat(
                        IntStream.of(GuardTrainer.prompt(asked, tokenizer)),
                        IntStream.of(GuardTrainer.answer(asked, answer, tokenizer)));
                assertThat(ids.toArray()).isEqualTo(tokenizer.encode(asked + answer));
            }
        }
    }
}
