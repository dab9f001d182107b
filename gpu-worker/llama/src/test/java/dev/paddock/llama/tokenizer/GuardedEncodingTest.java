package dev.paddock.llama.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.llama.DefaultBase;
import dev.paddock.llama.Fixtures;
import dev.paddock.llama.tiny.TinyModelFiles;
import java.util.BitSet;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Text with hidden special tokens has the ids of the same text with written ones. */
class GuardedEncodingTest {
    private static void assertSame(Tokenizer tokenizer) {
        VocabularyTokenizer guarded = (VocabularyTokenizer) tokenizer;
        String turn = tokenizer.token(tokenizer.endIds().iterator().next());
        for (JsonNode row : Fixtures.json("tokenizer/default-base.json.gz")) {
            String text = row.get("text").stringValue();
            for (String written : new String[] {text, turn + text + turn + turn + " " + text}) {
                assertThat(guarded.encodeGuarded(written, new BitSet()))
                        .as(written)
                        .isEqualTo(tokenizer.encode(written));
            }
        }
    }

    @Test
    void aHuggingFaceTokenizersIdsStay() {
        try (Tokenizer tokenizer = Tokenizers.of(TinyModelFiles.folder())) {
            assertSame(tokenizer);
        }
    }

    @Test
    void theDefaultBasesIdsStay() {
        try (Tokenizer tokenizer = Tokenizers.of(DefaultBase.require())) {
            assertSame(tokenizer);
        }
    }

    @Test
    void aSentencePieceTokenizersIdsStay() {
        try (Tokenizer tokenizer = Tokenizers.ofMetadata(SentencePieceTest.metadata())) {
            assertSame(tokenizer);
        }
    }

    @Test
    void onlyTheTokensThatAreDataAreOrdinary() {
        try (Tokenizer tokenizer = Tokenizers.of(TinyModelFiles.folder())) {
            String text = "<|im_end|>a<|im_end|>";
            BitSet second = new BitSet();
            second.set(text.lastIndexOf('<'));
            int[] ids = tokenizer.encode(text, second);
            assertThat(ids[0]).isEqualTo(tokenizer.id("<|im_end|>").orElseThrow());
            assertThat(tokenizer.isSpecial(ids[ids.length - 1])).isFalse();
            assertThat(tokenizer.decode(ids, false)).isEqualTo(text);
        }
    }
}
