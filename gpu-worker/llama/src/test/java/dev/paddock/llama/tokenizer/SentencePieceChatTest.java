package dev.paddock.llama.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.llama.template.ChatMessage;
import dev.paddock.llama.training.ChatExamples;
import dev.paddock.llama.training.TrainingExample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

/** Rows of a model whose tokenizer puts a first token and a space before texts. */
class SentencePieceChatTest {
    private static final int BOS = 1;
    private static final String TEMPLATE = "{%% for m in messages %%}{%% if m['role'] == 'user' %%}"
            + "[INST] {{ m['content'] }} [/INST]%s{%% else %%}%s{{ m['content'] }}</s>{%% endif %%}{%% endfor %%}";
    private static final List<ChatMessage> ROW =
            List.of(new ChatMessage("user", "the ticket?"), new ChatMessage("assistant", "the printer is broken"));

    private static Tokenizer tokenizer(String template) {
        Map<String, Object> metadata = SentencePieceTest.metadata();
        metadata.put("tokenizer.chat_template", template);
        return Tokenizers.ofMetadata(metadata);
    }

    /** Where the space between the turns stands: before the answer begins, in it, nowhere, or behind a line break. */
    @ParameterizedTest
    @ValueSource(strings = {" |", "| ", "|", "\n|"})
    void aRowIsBegunOnceAndHasNoSpaceThatTheTemplateDoesNotWrite(String border) {
        String[] parts = border.split("\\|", -1);
        try (Tokenizer tokenizer = tokenizer(TEMPLATE.formatted(parts[0], parts[1]))) {
            TrainingExample example = new ChatExamples(tokenizer, Clock.systemUTC()).example(ROW);
            int[] tokens = example.tokens();
            assertThat(tokens[0]).isEqualTo(BOS);
            String text = "[INST] the ticket? [/INST]" + parts[0] + parts[1] + "the printer is broken</s>";
            assertThat(tokenizer.decode(Arrays.copyOfRange(tokens, 1, tokens.length), false))
                    .isEqualTo(text);
            int first = 0;
            while (example.weights()[first] == 0) {
                first++;
            }
            String prompt = "[INST] the ticket? [/INST]" + parts[0];
            assertThat(Arrays.copyOf(tokens, first)).isEqualTo(tokenizer.begun(tokenizer.encode(prompt)));
        }
    }

    @Test
    void anAnswerBehindASpaceHasTheIdsOfTheWhole() {
        try (Tokenizer tokenizer = tokenizer(TEMPLATE.formatted("", " "))) {
            TrainingExample example = new ChatExamples(tokenizer, Clock.systemUTC()).example(ROW);
            assertThat(example.tokens())
                    .isEqualTo(
                            tokenizer.begun(tokenizer.encode("[INST] the ticket? [/INST] the printer is broken</s>")));
        }
    }

    @Test
    void aTemplateThatWritesTheFirstTokenIsNotBegunAgain() {
        try (Tokenizer tokenizer = tokenizer("{{ bos_token }}" + TEMPLATE.formatted("", " "))) {
            int[] tokens =
                    new ChatExamples(tokenizer, Clock.systemUTC()).example(ROW).tokens();
            assertThat(Arrays.stream(tokens).filter(id -> id == BOS)).hasSize(1);
        }
    }

    @Test
    void tokenizerJsonGivesTheSameIdsOfAnEnd(@TempDir Path folder) throws IOException {
        for (Map.Entry<String, ObjectNode> file :
                GgufTokenizerFiles.of(SentencePieceTest.metadata(), 2048).entrySet()) {
            Files.writeString(folder.resolve(file.getKey()), file.getValue().toString());
        }
        Files.writeString(folder.resolve("config.json"), "{}");
        String text = "the ticket: the printer";
        try (Tokenizer gguf = Tokenizers.ofMetadata(SentencePieceTest.metadata());
                Tokenizer json = Tokenizers.of(folder)) {
            for (int from = 0; from <= text.length(); from++) {
                int[] end = gguf.encodeFrom(text, new BitSet(), from);
                assertThat(json.encodeFrom(text, new BitSet(), from)).isEqualTo(end);
                assertThat(gguf.decode(gguf.encode(text.substring(0, from)), false)
                                + text(gguf, end).substring(from == 0 ? 1 : 0))
                        .isEqualTo(text);
            }
        }
    }

    private static String text(Tokenizer tokenizer, int[] ids) {
        StringBuilder text = new StringBuilder();
        Arrays.stream(ids)
                .forEach(id -> text.append(new String(tokenizer.bytes(id), java.nio.charset.StandardCharsets.UTF_8)));
        return text.toString();
    }

    @Test
    void aUserDefinedTokenOfTheTemplateIsOrdinaryInTexts() {
        Map<String, Object> metadata = SentencePieceTest.metadata();
        add(metadata, "tokenizer.ggml.tokens", "<|user|>");
        add(metadata, "tokenizer.ggml.scores", 0.0);
        add(metadata, "tokenizer.ggml.token_type", (long) GgufTokens.USER_DEFINED);
        metadata.put("tokenizer.chat_template", "<|user|>{{ messages[0]['content'] }}");
        try (Tokenizer tokenizer = Tokenizers.ofMetadata(metadata)) {
            int turn = tokenizer.id("<|user|>").orElseThrow();
            assertThat(tokenizer.specialTokens()).contains("<|user|>");
            assertThat(tokenizer.encode("<|user|>the")).contains(turn);
            assertThat(tokenizer.encodeOrdinary("<|user|>the")).doesNotContain(turn);
            assertThat(tokenizer.decode(tokenizer.encodeOrdinary("<|user|>the"), false))
                    .isEqualTo("<|user|>the");
        }
    }

    private static void add(Map<String, Object> metadata, String key, Object value) {
        List<Object> values = new ArrayList<>((List<?>) metadata.get(key));
        values.add(value);
        metadata.put(key, values);
    }
}
