package dev.paddock.llama.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.llama.Fixtures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class SentencePieceTest {
    private static final JsonNode REFERENCE = Fixtures.json("tokenizer/sentencepiece.json.gz");

    @Test
    void everyStringHasTheIdsOfSentencePiece() {
        try (Tokenizer tokenizer = Tokenizers.ofMetadata(metadata())) {
            assertThat(REFERENCE.get("cases").size()).isGreaterThanOrEqualTo(500);
            for (JsonNode row : REFERENCE.get("cases")) {
                String text = row.get("text").stringValue();
                int[] ids = Fixtures.ints(row.get("ids"));
                assertThat(tokenizer.encodeOrdinary(text)).as(text).isEqualTo(ids);
                assertThat(tokenizer.decode(ids, false)).isEqualTo(text);
            }
        }
    }

    @Test
    void specialTokensAreReadOnlyWhereAsked() {
        try (Tokenizer tokenizer = Tokenizers.ofMetadata(metadata())) {
            int[] parsed = tokenizer.encode("<s>the ticket</s>the ticket");
            int[] plain = tokenizer.encodeOrdinary("the ticket");
            assertThat(parsed[0]).isEqualTo(1);
            assertThat(parsed[1 + plain.length]).isEqualTo(2);
            assertThat(parsed).hasSize(2 + 2 * plain.length).containsSubsequence(plain);
            for (int id : tokenizer.encodeOrdinary("<s> </s> <unk> <0x41>")) {
                assertThat(tokenizer.isSpecial(id)).isFalse();
            }
            assertThat(tokenizer.decode(tokenizer.encodeOrdinary("<0x41>"), false))
                    .isEqualTo("<0x41>");
            assertThat(tokenizer.addsBos()).isTrue();
        }
    }

    @Test
    void asTokenizerJsonItGivesTheSameIds(@TempDir Path folder) throws IOException {
        for (Map.Entry<String, ObjectNode> file :
                GgufTokenizerFiles.of(metadata(), 2048).entrySet()) {
            Files.writeString(folder.resolve(file.getKey()), file.getValue().toString());
        }
        Files.writeString(folder.resolve("config.json"), "{}");
        try (Tokenizer tokenizer = Tokenizers.of(folder)) {
            assertThat(tokenizer.addsBos()).isTrue();
            for (JsonNode row : REFERENCE.get("cases")) {
                String text = row.get("text").stringValue();
                int[] ids = Fixtures.ints(row.get("ids"));
                assertThat(tokenizer.encodeOrdinary(text)).as(text).isEqualTo(ids);
                assertThat(tokenizer.decode(ids, false)).isEqualTo(text);
            }
        }
    }

    static Map<String, Object> metadata() {
        Map<String, Object> metadata = new HashMap<>();
        metadata.put("tokenizer.ggml.model", "llama");
        metadata.put("tokenizer.ggml.tokens", list("tokens", JsonNode::stringValue));
        metadata.put("tokenizer.ggml.scores", list("scores", JsonNode::doubleValue));
        metadata.put("tokenizer.ggml.token_type", list("types", JsonNode::longValue));
        metadata.put("tokenizer.ggml.bos_token_id", 1L);
        metadata.put("tokenizer.ggml.eos_token_id", 2L);
        return metadata;
    }

    private static <T> List<T> list(String field, java.util.function.Function<JsonNode, T> read) {
        return REFERENCE.get(field).valueStream().map(read).toList();
    }
}
