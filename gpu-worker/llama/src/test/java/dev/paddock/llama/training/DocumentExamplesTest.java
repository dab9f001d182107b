package dev.paddock.llama.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.llama.tiny.TinyModelFiles;
import dev.paddock.llama.tokenizer.Tokenizer;
import dev.paddock.llama.tokenizer.Tokenizers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DocumentExamplesTest {
    @TempDir
    private Path folder;

    private DocumentExamples.Rows read(String rows, int limit) throws IOException {
        Files.writeString(folder.resolve("rows.jsonl"), rows);
        try (Tokenizer tokenizer = Tokenizers.of(TinyModelFiles.folder())) {
            return new DocumentExamples(tokenizer, new ChatExamples(tokenizer, Clock.systemUTC()))
                    .read(folder.resolve("rows.jsonl"), limit);
        }
    }

    @Test
    void piecesPredictEveryTokenButTheFirstExactlyOnce() {
        for (int length = 2; length < 60; length++) {
            for (int limit : new int[] {2, 3, 16}) {
                int[] tokens = IntStream.range(0, length).toArray();
                List<TrainingExample> pieces = DocumentExamples.pieces(tokens, limit);
                int[] predicted = pieces.stream()
                        .flatMapToInt(piece -> IntStream.of(piece.tokens()).skip(1))
                        .toArray();
                assertThat(predicted).containsExactly(IntStream.range(1, length).toArray());
                assertThat(pieces).allMatch(piece -> piece.length() <= limit && piece.targets() == piece.length() - 1);
            }
        }
    }

    @Test
    void textsAreWrittenAsTheyStandAndConversationsWhole() throws IOException {
        String text = "The crane <|im_end|> lifts. ".repeat(30).strip();
        DocumentExamples.Rows rows = read("""
            {"text":"%s","source":"general"}
            {"messages":[{"role":"user","content":"Why?"},{"role":"assistant","content":"So."}],"rejected":"No."}
            {"messages":[{"role":"user","content":"Why?"},{"role":"assistant","content":"Bah."}],"label":false}
            """.formatted(text), 64);
        assertThat(rows.documents())
                .extracting(DocumentExamples.Document::source)
                .containsExactly("general", "domain");
        assertThat(rows.judgedBad()).isEqualTo(1);
        assertThat(rows.divided()).isEqualTo(1);
        try (Tokenizer tokenizer = Tokenizers.of(TinyModelFiles.folder())) {
            int[] ordinary = tokenizer.encodeOrdinary(text);
            assertThat(rows.documents().get(0).targets()).isEqualTo(ordinary.length);
            int[] chat = rows.documents().get(1).pieces().get(0).tokens();
            assertThat(tokenizer.decode(chat, false))
                    .isEqualTo("<|im_start|>user\nWhy?<|im_end|>\n<|im_start|>assistant\nSo.<|im_end|>\n");
        }
    }

    @Test
    void longDocumentsAreCutOrRefusedByOptionAndWeighed() throws IOException {
        Path rows = folder.resolve("rows.jsonl");
        Files.writeString(
                rows, "{\"text\":\"Lift.\",\"weight\":2}\n{\"text\":\"" + "The crane lifts. ".repeat(30) + "\"}\n");
        try (Tokenizer tokenizer = Tokenizers.of(TinyModelFiles.folder())) {
            DocumentExamples documents =
                    new DocumentExamples(tokenizer, new ChatExamples(tokenizer, Clock.systemUTC()));
            DocumentExamples.Rows cut = documents.read(rows, 64, Overlong.TRUNCATE);
            assertThat(cut.pieces()).hasSize(2);
            assertThat(cut.shortened()).isEqualTo(1);
            assertThat(cut.pieces().get(0).weights()).containsOnly(2);
            assertThat(documents.read(rows, 64).sources()).startsWith(0, 1, 1).endsWith(1);
            assertThatThrownBy(() -> documents.read(rows, 64, Overlong.REFUSE))
                    .hasMessageMatching("row 2: has \\d+ tokens, the limit is 64: raise sequenceLength.*");
        }
    }

    @Test
    void rowsOfNeitherKindAndDocumentsForOtherObjectivesAreRefused() throws IOException {
        assertThatThrownBy(() -> read("{\"prompt\":\"a\"}\n", 64))
                .hasMessageContaining("row 1: has neither text nor messages");
        assertThatThrownBy(() -> read("{\"text\":\"a\",\"source\":7}\n", 64))
                .hasMessageContaining("row 1: source must be a text, was 7");
        try (Tokenizer tokenizer = Tokenizers.of(TinyModelFiles.folder())) {
            ChatExamples chats = new ChatExamples(tokenizer, Clock.systemUTC());
            Files.writeString(folder.resolve("rows.jsonl"), "{\"text\":\"a\"}\n");
            assertThatThrownBy(() -> chats.read(folder.resolve("rows.jsonl"), 64))
                    .hasMessageContaining("row 1: is a document")
                    .hasMessageContaining("causal-lm");
            assertThatThrownBy(() ->
                            new PreferenceExamples(chats).pairs(folder.resolve("rows.jsonl"), 64, Truncation.TRUNCATE))
                    .hasMessageContaining("causal-lm");
        }
    }
}
