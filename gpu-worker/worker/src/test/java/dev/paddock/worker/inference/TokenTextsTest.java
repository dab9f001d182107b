package dev.paddock.worker.inference;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.llama.tokenizer.Tokenizer;
import dev.paddock.llama.tokenizer.Tokenizers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Places of tokens in texts of a tokenizer that puts a first token and a space before them. */
class TokenTextsTest {
    private static final List<String> PIECES = List.of("\u2581", "a", "b", "\u2581a", "\u2581b");

    private static Tokenizer tokenizer() {
        List<String> tokens = new ArrayList<>(List.of("<unk>", "<s>", "</s>"));
        List<Long> types = new ArrayList<>(List.of(2L, 3L, 3L));
        for (int value = 0; value < 256; value++) {
            tokens.add("<0x%02X>".formatted(value));
            types.add(6L);
        }
        PIECES.forEach(piece -> {
            tokens.add(piece);
            types.add(1L);
        });
        List<Double> scores = tokens.stream().map(token -> -1.0).toList();
        return Tokenizers.ofMetadata(Map.of(
                "tokenizer.ggml.model",
                "llama",
                "tokenizer.ggml.tokens",
                tokens,
                "tokenizer.ggml.token_type",
                types,
                "tokenizer.ggml.scores",
                scores,
                "tokenizer.ggml.bos_token_id",
                1L,
                "tokenizer.ggml.eos_token_id",
                2L));
    }

    private static List<Integer> offsets(String text) {
        try (Tokenizer tokenizer = tokenizer()) {
            EncodedPrompt prompt = Prompts.encode(tokenizer, text, List.of());
            TokenTexts texts = TokenTexts.of(prompt, tokenizer);
            return IntStream.of(prompt.ids())
                    .map(id -> texts.unscored(id).offset())
                    .boxed()
                    .toList();
        }
    }

    @Test
    void whatTheTokenizerAddsTakesNoPlace() {
        assertThat(offsets("a b")).containsExactly(0, 0, 1);
        assertThat(offsets(" a")).containsExactly(0, 0, 1);
        assertThat(offsets("\na")).containsExactly(0, 0, 0, 1);
        assertThat(offsets("<s>a b")).containsExactly(0, 3, 4);
    }

    @Test
    void charactersAreCodePoints() {
        assertThat(offsets("a\uD83D\uDE00 b")).containsExactly(0, 0, 1, 1, 1, 1, 2);
    }

    @Test
    void theFirstTokenToBeScoredIsTheOneAtTheCharacter() {
        try (Tokenizer tokenizer = tokenizer()) {
            EncodedPrompt prompt = Prompts.encode(tokenizer, "a\uD83D\uDE00 b a", List.of());
            assertThat(TokenTexts.tokenAt(prompt, 0, tokenizer)).isEqualTo(1);
            assertThat(TokenTexts.tokenAt(prompt, 2, tokenizer)).isEqualTo(6);
            assertThat(TokenTexts.tokenAt(prompt, 4, tokenizer)).isEqualTo(7);
            assertThat(TokenTexts.tokenAt(prompt, 6, tokenizer)).isEqualTo(prompt.ids().length);
        }
    }

    @Test
    void controlTokensOfAPlainPromptAreText() {
        try (Tokenizer tokenizer = tokenizer()) {
            for (String token : tokenizer.specialTokens()) {
                int id = tokenizer.id(token).orElseThrow();
                EncodedPrompt plain = Prompts.encodePlain(tokenizer, "a " + token);
                assertThat(plain.ids()).startsWith(1);
                assertThat(IntStream.of(plain.ids()).skip(1)).doesNotContain(id);
                assertThat(Prompts.encode(tokenizer, "a " + token, List.of()).ids())
                        .contains(id);
            }
            assertThat(Prompts.encodePlain(tokenizer, "a b").ids())
                    .isEqualTo(Prompts.encode(tokenizer, "a b", List.of()).ids());
        }
    }
}
