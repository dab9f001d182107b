package dev.paddock.llama.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.llama.template.ChatMessage;
import dev.paddock.llama.tiny.TinyModelFiles;
import dev.paddock.llama.tokenizer.Tokenizer;
import dev.paddock.llama.tokenizer.Tokenizers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class ChatExamplesTest {
    private static final List<ChatMessage> ROW = List.of(
            new ChatMessage("system", "Answer in one word."),
            new ChatMessage("user", "What colour is the sky?"),
            new ChatMessage("assistant", "Blue."));

    private static final String LINE =
            "{\"messages\":[{\"role\":\"user\",\"content\":\"%s\"},{\"role\":\"assistant\",\"content\":\"%s\"}]}\n";

    @TempDir
    Path folder;

    @Test
    void onlyTheAnswerAndTheEndOfItsTurnCount() {
        try (Tokenizer tokenizer = Tokenizers.of(TinyModelFiles.folder())) {
            TrainingExample example = new ChatExamples(tokenizer, Clock.systemUTC()).example(ROW);
            int first = 0;
            while (example.weights()[first] == 0) {
                first++;
            }
            int[] counted = Arrays.copyOfRange(example.tokens(), first, example.tokens().length);
            assertThat(tokenizer.decode(counted, false)).isEqualTo("Blue.<|im_end|>");
            assertThat(example.targets()).isEqualTo(counted.length);
            assertThat(tokenizer.decode(Arrays.copyOf(example.tokens(), first), false))
                    .startsWith("<|im_start|>system\nAnswer")
                    .endsWith("<|im_start|>assistant\n");
        }
    }

    @Test
    void controlTokensInARowAreText() {
        try (Tokenizer tokenizer = Tokenizers.of(TinyModelFiles.folder())) {
            TrainingExample example = new ChatExamples(tokenizer, Clock.systemUTC())
                    .example(List.of(
                            new ChatMessage("system", "Answer in one word."),
                            new ChatMessage("user", "Why?<|im_end|>"),
                            new ChatMessage("assistant", "So<|im_end|> it is.")));
            assertThat(Arrays.stream(example.tokens()).filter(tokenizer::isSpecial))
                    .hasSize(6);
            assertThat(tokenizer.decode(example.tokens(), false)).endsWith("\nSo<|im_end|> it is.<|im_end|>");
        }
    }

    @Test
    void longRowsLoseTheBeginningOfTheirPromptAndLongAnswersAreLeftOut() throws Exception {
        Path rows = folder.resolve("rows.jsonl");
        String row =
                "{\"messages\":[{\"role\":\"user\",\"content\":\"%s\"},{\"role\":\"assistant\",\"content\":\"%s\"}]}\n";
        Files.writeString(
                rows,
                row.formatted("Why?", "So.")
                        + row.formatted("why ".repeat(200), "So.")
                        + row.formatted("Why?", "so ".repeat(200))
                        + row.formatted("Why?", "Bah.").replace("}]}", "}],\"label\":false}"));
        try (Tokenizer tokenizer = Tokenizers.of(TinyModelFiles.folder())) {
            ChatExamples chats = new ChatExamples(tokenizer, Clock.systemUTC());
            ChatExamples.Rows read = chats.read(rows, 48);
            assertThat(read.examples()).hasSize(2);
            assertThat(read.shortened()).isEqualTo(1);
            assertThat(read.leftOut()).isEqualTo(1);
            assertThat(read.judgedBad()).isEqualTo(1);
            int[] cut = read.examples().get(1).tokens();
            assertThat(cut).hasSize(48);
            assertThat(tokenizer.decode(cut, false)).endsWith("<|im_start|>assistant\nSo.<|im_end|>");
            Files.writeString(rows, "{\"messages\":[]}\n");
            assertThatThrownBy(() -> chats.read(rows, 48)).hasMessageStartingWith("row 1: ");
        }
    }

    @Test
    void longRowsAreDividedOrRefusedByOption() throws Exception {
        Path rows = folder.resolve("rows.jsonl");
        Files.writeString(
                rows,
                LINE.formatted("Why?", "So.")
                        + LINE.formatted("why ".repeat(200), "So.")
                        + LINE.formatted("Why?", "so ".repeat(200)));
        try (Tokenizer tokenizer = Tokenizers.of(TinyModelFiles.folder())) {
            ChatExamples chats = new ChatExamples(tokenizer, Clock.systemUTC());
            ChatExamples.Rows divided = chats.read(rows, 48, Overlong.SPLIT);
            List<TrainingExample> whole = chats.read(rows, 4096).examples();
            assertThat(divided.shortened()).isEqualTo(1);
            assertThat(divided.divided()).isEqualTo(1);
            assertThat(divided.leftOut()).isZero();
            assertThat(divided.examples().size()).isGreaterThan(5);
            assertThat(divided.examples()).allSatisfy(example -> {
                assertThat(example.length()).isLessThanOrEqualTo(48);
                assertThat(example.targets()).isPositive();
            });
            assertThat(divided.examples().stream()
                            .mapToInt(TrainingExample::targets)
                            .sum())
                    .isEqualTo(whole.stream().mapToInt(TrainingExample::targets).sum());
            assertThatThrownBy(() -> chats.read(rows, 48, Overlong.REFUSE))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageMatching("row 2: has \\d+ tokens, the limit is 48: raise sequenceLength.*");
        }
    }

    @Test
    void aRowsWeightMultipliesThoseOfItsTokens() throws Exception {
        Path rows = folder.resolve("rows.jsonl");
        String row = LINE.formatted("Why?", "So.");
        Files.writeString(rows, row + row.replace("]}", "],\"weight\":2.5}") + row.replace("]}", "],\"weight\":0}"));
        try (Tokenizer tokenizer = Tokenizers.of(TinyModelFiles.folder())) {
            ChatExamples chats = new ChatExamples(tokenizer, Clock.systemUTC());
            ChatExamples.Rows read = chats.read(rows, 48);
            assertThat(read.weightless()).isEqualTo(1);
            float[] plain = read.examples().get(0).weights();
            float[] weighted = read.examples().get(1).weights();
            for (int i = 0; i < plain.length; i++) {
                assertThat(weighted[i]).isEqualTo(2.5f * plain[i]);
            }
            for (String bad : List.of("-1", "101", "\"much\"")) {
                Files.writeString(rows, row + row.replace("]}", "],\"weight\":" + bad + "}"));
                assertThatThrownBy(() -> chats.read(rows, 48))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessage("row 2: weight must be a number from 0 to 100, was " + bad);
            }
        }
    }

    @Test
    void rowsWithoutAnAnswerAndTemplatesThatMovePromptsAreRefused() throws Exception {
        assertRefused(
                "{% for m in messages %}{{ loop.length }}{{ m['content'] }}<|im_end|>{% endfor %}",
                ROW, "writes the prompt otherwise");
        assertRefused("{% for m in messages %}{{ m['content'] }}{% endfor %}", ROW, "without a token");
        assertRefused("{{ raise_exception('no system turns') }}", ROW, "no system turns");
        assertRefused("{{ messages }}", List.of(ROW.get(1), new ChatMessage("assistant", " ")), "answer is empty");
        assertRefused("{{ messages }}", ROW.subList(0, 2), "the last message must be the assistant's answer");
    }

    @Test
    void aBaseWithoutAChatTemplateIsRefused() throws Exception {
        Path tiny = TinyModelFiles.folder();
        for (String name : List.of("tokenizer.json", "config.json")) {
            Files.write(folder.resolve(name), Files.readAllBytes(tiny.resolve(name)));
        }
        ObjectNode config = (ObjectNode) JsonMapper.shared()
                .readTree(tiny.resolve("tokenizer_config.json").toFile());
        config.remove("chat_template");
        Files.writeString(folder.resolve("tokenizer_config.json"), config.toString());
        try (Tokenizer tokenizer = Tokenizers.of(folder)) {
            ChatExamples chats = new ChatExamples(tokenizer, Clock.systemUTC());
            assertThatThrownBy(() -> chats.example(ROW))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("no chat template");
        }
    }

    private void assertRefused(String template, List<ChatMessage> row, String message) throws Exception {
        Path tiny = TinyModelFiles.folder();
        for (String name : List.of("tokenizer.json", "config.json")) {
            Files.write(folder.resolve(name), Files.readAllBytes(tiny.resolve(name)));
        }
        ObjectNode config = (ObjectNode) JsonMapper.shared()
                .readTree(tiny.resolve("tokenizer_config.json").toFile());
        config.put("chat_template", template);
        Files.writeString(folder.resolve("tokenizer_config.json"), config.toString());
        try (Tokenizer tokenizer = Tokenizers.of(folder)) {
            ChatExamples examples = new ChatExamples(tokenizer, Clock.systemUTC());
            assertThatThrownBy(() -> examples.example(row))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(message);
        }
    }
}
