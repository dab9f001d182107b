package dev.paddock.llama.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.llama.DefaultBase;
import dev.paddock.llama.Fixtures;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class DefaultBaseTokenizerTest {
    @Test
    void everyStringHasTheIdsOfTheReference() {
        try (Tokenizer tokenizer = Tokenizers.of(DefaultBase.require())) {
            JsonNode rows = Fixtures.json("tokenizer/default-base.json.gz");
            assertThat(rows.size()).isGreaterThanOrEqualTo(500);
            for (JsonNode row : rows) {
                assertRow(tokenizer, row.get("text").stringValue(), row);
            }
        }
    }

    private static void assertRow(Tokenizer tokenizer, String text, JsonNode row) {
        int[] expected = Fixtures.ints(row.get("ids"));
        int[] ordinary = row.has("ordinary") ? Fixtures.ints(row.get("ordinary")) : expected;
        assertThat(tokenizer.encode(text)).as(text).isEqualTo(expected);
        assertThat(tokenizer.encodeOrdinary(text)).as(text).isEqualTo(ordinary);
        String decoded = row.has("decoded") ? row.get("decoded").stringValue() : text;
        assertThat(tokenizer.decode(expected, false)).isEqualTo(decoded);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int id : ordinary) {
            bytes.writeBytes(tokenizer.bytes(id));
            assertThat(tokenizer.isSpecial(id)).isFalse();
        }
        assertThat(bytes.toString(StandardCharsets.UTF_8)).isEqualTo(decoded);
    }

    @Test
    void aTextOfTenThousandTokensIsNotCut() {
        try (Tokenizer tokenizer = Tokenizers.of(DefaultBase.require())) {
            assertThat(tokenizer.encode("1 ".repeat(5_000))).hasSize(10_000);
            assertThat(tokenizer.encodeOrdinary("1 ".repeat(5_000))).hasSize(10_000);
        }
    }

    @Test
    void settingsComeFromTheMetadata() {
        try (Tokenizer tokenizer = Tokenizers.of(DefaultBase.require())) {
            assertThat(tokenizer.vocabularySize()).isEqualTo(49_152);
            assertThat(tokenizer.bos()).contains(1);
            assertThat(tokenizer.eos()).contains(2);
            assertThat(tokenizer.endIds()).containsExactly(2);
            assertThat(tokenizer.token(2)).isEqualTo("<|im_end|>");
            assertThat(tokenizer.id("<|im_start|>")).hasValue(1);
            assertThat(tokenizer.isSpecial(1)).isTrue();
            assertThat(tokenizer.addsBos()).isFalse();
            assertThat(tokenizer.chatTemplate().orElseThrow()).startsWith("{% for message in messages %}");
            assertThat(tokenizer.decode(new int[] {1, 19556, 2}, true)).isEqualTo("Hello");
        }
    }
}
