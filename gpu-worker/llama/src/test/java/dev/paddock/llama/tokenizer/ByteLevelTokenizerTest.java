package dev.paddock.llama.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.llama.template.ChatMessage;
import dev.paddock.llama.template.ChatTemplate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Against Hugging Face's trainer and transformers: {@code benchmarks/reference/byte_pair_reference.py}. */
class ByteLevelTokenizerTest {
    private static final Path RESOURCES = Path.of("src/test/resources/dev/paddock/llama/tokenizer/byte-pairs");
    private static final int SIZE = 2048;
    private static final List<String> SPECIAL = List.of("<|endoftext|>", "<|im_start|>", "<|im_end|>");
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @TempDir
    private Path folder;

    private static ByteLevelTokenizer learn() throws IOException {
        List<String> lines =
                List.of(Files.readString(RESOURCES.resolve("corpus.txt")).split("\n", -1));
        return ByteLevelTokenizer.train(lines, SPECIAL, SIZE);
    }

    private static ObjectNode config() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("chat_template", ByteLevelTokenizer.CHAT_TEMPLATE)
                .put("clean_up_tokenization_spaces", false)
                .put("eos_token", "<|endoftext|>")
                .put("tokenizer_class", "PreTrainedTokenizerFast");
    }

    private static JsonNode reference() throws IOException {
        return JSON.readTree(Files.readString(RESOURCES.resolve("reference.json")));
    }

    @Test
    void theMergesAreThoseOfHuggingFacesTrainer() throws IOException {
        List<List<String>> expected = reference()
                .path("merges")
                .valueStream()
                .map(pair -> pair.valueStream().map(JsonNode::asString).toList())
                .toList();
        assertThat(expected).hasSizeGreaterThan(600);
        assertThat(learn().merges()).isEqualTo(expected);
    }

    @Test
    void theFilesAreAsCheckedInAndGiveTransformersIds() throws IOException {
        if (Boolean.getBoolean("paddock.reference.write")) {
            learn().write(RESOURCES.resolve("learnt"), config());
        }
        learn().write(folder, config());
        for (String file : List.of("tokenizer.json", "tokenizer_config.json")) {
            assertThat(folder.resolve(file))
                    .hasSameBinaryContentAs(RESOURCES.resolve("learnt").resolve(file));
        }
        JsonNode reference = reference();
        assertThat(learn().size()).isEqualTo(reference.path("vocabulary").asInt());
        try (Tokenizer tokenizer = HuggingFaceTokenizers.open(folder)) {
            for (int i = 0; i < reference.path("texts").size(); i++) {
                int[] ids = tokenizer.encode(reference.path("texts").path(i).asString());
                assertThat(ids).isEqualTo(JSON.treeToValue(reference.path("ids").path(i), int[].class));
                assertThat(tokenizer.decode(ids, false))
                        .isEqualTo(reference.path("decoded").path(i).asString());
            }
            assertThat(tokenizer.eos()).contains(reference.path("end").asInt());
            assertThat(ChatTemplate.parse(tokenizer.chatTemplate().orElseThrow())
                            .render(
                                    List.of(new ChatMessage("user", "Why?"), new ChatMessage("assistant", "So.")),
                                    null,
                                    false,
                                    Map.of(),
                                    Clock.systemUTC()))
                    .isEqualTo(reference.path("chat").asString());
        }
    }

    @Test
    void fewTextsGiveFewTokens() {
        assertThat(ByteLevelTokenizer.train(List.of("abc abc"), SPECIAL, SIZE).merges())
                .containsExactly(List.of("a", "b"), List.of("ab", "c"));
    }
}
