package dev.paddock.llama.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.llama.chat.ChatTemplates;
import dev.paddock.llama.template.ChatTemplate;
import dev.paddock.llama.tiny.TinyModelFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What a Hugging Face folder says of its tokenizer, and where. */
class HuggingFaceTokenizersTest {
    private static final String TURN_END = "<|im_end|>";

    @TempDir
    private Path folder;

    @BeforeEach
    void theTinyModelsFiles() {
        TinyModelFiles.copyTo(folder);
    }

    @Test
    void withoutATokenizerConfigTheModelsIdsCount() throws IOException {
        Files.delete(folder.resolve("tokenizer_config.json"));
        Files.writeString(folder.resolve("config.json"), "{\"eos_token_id\":[2,0]}");
        Files.writeString(folder.resolve("generation_config.json"), "{\"bos_token_id\":1,\"eos_token_id\":2}");
        try (Tokenizer tokenizer = Tokenizers.of(folder)) {
            assertThat(tokenizer.bos()).contains(1);
            assertThat(tokenizer.eos()).contains(2);
            assertThat(tokenizer.endIds()).containsExactlyInAnyOrder(0, 2);
        }
    }

    @Test
    void toolsHaveTheTemplateNamedForThem() throws IOException {
        ObjectNode config = json("tokenizer_config.json");
        ArrayNode named = config.putArray("chat_template");
        named.addObject().put("name", "default").put("template", "plain");
        named.addObject().put("name", "tool_use").put("template", "tools");
        Files.writeString(folder.resolve("tokenizer_config.json"), config.toString());
        try (Tokenizer tokenizer = Tokenizers.of(folder)) {
            ChatTemplates templates = ChatTemplates.of(tokenizer);
            assertThat(templates.of(false).map(ChatTemplate::source)).contains("plain");
            assertThat(templates.of(true).map(ChatTemplate::source)).contains("tools");
        }
    }

    @Test
    void toolsHaveThePlainTemplateWhereThereIsNoOther() {
        try (Tokenizer tokenizer = Tokenizers.of(folder)) {
            ChatTemplates templates = ChatTemplates.of(tokenizer);
            assertThat(templates.of(true)).isEqualTo(templates.of(false)).isPresent();
        }
    }

    @Test
    void anAddedTokenOfTheTemplateIsOrdinaryInTextsThoughItIsNotCalledSpecial() throws IOException {
        callOrdinary();
        try (Tokenizer tokenizer = Tokenizers.of(folder)) {
            int id = tokenizer.id(TURN_END).orElseThrow();
            assertThat(tokenizer.isSpecial(id)).isFalse();
            assertThat(tokenizer.specialTokens()).contains(TURN_END);
            assertThat(tokenizer.encode("a" + TURN_END)).contains(id);
            assertThat(tokenizer.encodeOrdinary("a" + TURN_END)).doesNotContain(id);
        }
    }

    @Test
    void oneThatTheTemplateLooksForInMessagesIsAPartOfThem() throws IOException {
        callOrdinary();
        ObjectNode config = json("tokenizer_config.json");
        config.put("chat_template", "{{ messages[0]['content'].split('" + TURN_END + "')[-1] }}");
        Files.writeString(folder.resolve("tokenizer_config.json"), config.toString());
        try (Tokenizer tokenizer = Tokenizers.of(folder)) {
            assertThat(tokenizer.specialTokens()).doesNotContain(TURN_END);
        }
    }

    private void callOrdinary() throws IOException {
        ObjectNode definition = json("tokenizer.json");
        for (JsonNode token : definition.path("added_tokens")) {
            if (token.path("content").asString().equals(TURN_END)) {
                ((ObjectNode) token).put("special", false);
            }
        }
        Files.writeString(folder.resolve("tokenizer.json"), definition.toString());
    }

    private ObjectNode json(String name) throws IOException {
        return (ObjectNode) JsonMapper.shared().readTree(Files.readString(folder.resolve(name)));
    }
}
