package dev.paddock.worker.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.llama.inference.draft.PromptLookup;
import dev.paddock.llama.inference.draft.Speculation;
import dev.paddock.llama.inference.hybrid.ExecutorOptions;
import dev.paddock.llama.inference.libtorch.Precision;
import dev.paddock.llama.tiny.TinyModelFiles;
import dev.paddock.llama.tokenizer.Tokenizer;
import dev.paddock.llama.tokenizer.Tokenizers;
import dev.paddock.methods.drafting.DraftingInput;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class SpeculativeSettingTest {
    @Test
    void nothingIsGuessedUnlessItIsSaid() {
        assertThat(speculation(null)).isEmpty();
        assertThat(speculation(" ")).isEmpty();
    }

    @Test
    void theTermsAreThoseOfVllm() {
        Speculation lookup = speculation(
                        "{\"method\":\"ngram\",\"num_speculative_tokens\":7,\"prompt_lookup_max\":5,\"disableByBatchSize\":3}")
                .orElseThrow();
        assertThat(lookup.drafter()).isInstanceOf(PromptLookup.class);
        assertThat(lookup.tokens()).isEqualTo(7);
        assertThat(lookup.batch()).isEqualTo(3);
        String other = "{\"method\":\"draft_model\",\"model\":\"sha256:%s\",\"bases\":[\"sha256:%s\"]}"
                .formatted("1".repeat(64), "2".repeat(64));
        assertThat(speculation(other)).as("another base is meant").isEmpty();
    }

    @Test
    void whatIsWrongIsSaidWithTheWayOut() {
        assertRefused("ngram", "paddock.serving.speculative-config");
        assertRefused("[]", "must be a JSON object");
        assertRefused("{\"method\":\"n_gram\"}", "ngram");
        assertRefused("{}", "draft-model");
        assertRefused("{\"method\":\"ngram\",\"num_speculative_tokens\":0}", "numSpeculativeTokens");
        assertRefused("{\"method\":\"ngram\",\"prompt_lookup\":2}", "did you mean");
        assertRefused("{\"method\":\"ngram\",\"prompt_lookup_min\":9}", "must not be above promptLookupMax");
        assertRefused("{\"method\":\"draft_model\"}", "name the smaller model");
    }

    private static void assertRefused(String json, String message) {
        assertThatThrownBy(() -> SpeculativeSetting.of(json))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(SpeculativeSetting.NAME)
                .hasMessageContaining(message);
    }

    private static Optional<Speculation> speculation(@Nullable String json) {
        try (Tokenizer tokenizer = Tokenizers.of(TinyModelFiles.folder())) {
            return SpeculativeSetting.of(json)
                    .speculation(new DraftingInput(
                            "sha256:" + "0".repeat(64),
                            tokenizer,
                            digest -> TinyModelFiles.folder(),
                            new ExecutorOptions(Precision.FP32, 1, false, true, false),
                            bytes -> {}));
        }
    }
}
