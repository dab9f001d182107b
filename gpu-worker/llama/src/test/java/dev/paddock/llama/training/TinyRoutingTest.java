package dev.paddock.llama.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.llama.adapter.LoraSettings;
import dev.paddock.llama.optimizer.AdamW;
import dev.paddock.llama.template.ChatMessage;
import dev.paddock.llama.tiny.Corpus;
import dev.paddock.llama.tiny.TinyModelFiles;
import dev.paddock.llama.tokenizer.Tokenizer;
import dev.paddock.llama.tokenizer.Tokenizers;
import dev.paddock.llama.torch.Libtorch;
import dev.paddock.llama.torch.ScalarType;
import dev.paddock.llama.weights.ModelFiles;
import dev.paddock.llama.weights.WeightSource;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The tiny model knows its own kind of text, and learns codes that it has never seen from a few hundred rows. */
class TinyRoutingTest {
    private static final Map<String, String> CODES = Map.of(
            "BILL-1", "FIN-ZULU",
            "ACC-2", "ITS-KILO",
            "SHIP-3", "LOG-ALPHA",
            "BACK-4", "LOG-BRAVO",
            "HW-5", "ITS-LIMA",
            "NET-6", "ITS-MIKE",
            "PAY-7", "FIN-YANKEE",
            "OFF-8", "HRD-ECHO");

    @BeforeAll
    static void oneThread() {
        Libtorch.setThreads(1);
    }

    private static List<TrainingExample> rows(Tokenizer tokenizer, long seed, int count) {
        ChatExamples chats = new ChatExamples(tokenizer, Clock.systemUTC());
        List<TrainingExample> rows = new ArrayList<>();
        for (String document : Corpus.documents(20 * count, seed)) {
            String answer = document.replaceAll("(?s).*<\\|im_start\\|>assistant\n|<\\|im_end\\|>.*", "");
            String question = document.replaceAll("(?s).*<\\|im_start\\|>user\n|<\\|im_end\\|>.*", "");
            if (CODES.containsKey(answer) && rows.size() < count) {
                rows.add(chats.example(List.of(
                        new ChatMessage("system", "You route tickets of Larkspur Ltd. Answer with the code only."),
                        new ChatMessage("user", question.replaceAll("^.*\n", "")),
                        new ChatMessage("assistant", CODES.get(answer)))));
            }
        }
        return rows;
    }

    @Test
    void heldOutTextIsExpected() {
        try (WeightSource model = ModelFiles.open(TinyModelFiles.folder());
                Tokenizer tokenizer = Tokenizers.of(TinyModelFiles.folder())) {
            List<TrainingExample> texts = Corpus.documents(60, 4711).stream()
                    .map(text -> TrainingExample.text(tokenizer.encode(text)))
                    .toList();
            TrainingSettings settings = new TrainingSettings(
                    1, 60, 256, true, 1, new LearningRate(1e-9, 0, 0), AdamW.DEFAULT, 1, 1, ScalarType.FLOAT32);
            try (TrainingSession session =
                    new TrainingSession(model, Adaptation.lora(LoraSettings.of(1, 1)), settings, texts)) {
                assertThat(session.step(1).loss()).as("nats per token").isLessThan(0.75);
            }
        }
    }

    @Test
    void newCodesAreLearntInSeconds() {
        try (WeightSource model = ModelFiles.open(TinyModelFiles.folder());
                Tokenizer tokenizer = Tokenizers.of(TinyModelFiles.folder())) {
            TrainingSettings settings = new TrainingSettings(
                    3, 2, 256, true, 1, new LearningRate(2e-3, 5, 0), AdamW.DEFAULT, 1, 1, ScalarType.FLOAT32);
            List<TrainingExample> train = rows(tokenizer, 100, 400);
            List<TrainingExample> held = rows(tokenizer, 200, 60);
            try (TrainingSession session =
                    new TrainingSession(model, Adaptation.lora(LoraSettings.of(8, 32)), settings, train)) {
                double before = accuracy(session, held);
                for (int step = 1; step <= session.steps(); step++) {
                    session.step(step);
                }
                assertThat(before).isLessThan(0.1);
                assertThat(accuracy(session, held)).isGreaterThanOrEqualTo(0.85);
            }
        }
    }

    /** Share of rows whose every answer token is the most likely one. */
    private static double accuracy(TrainingSession session, List<TrainingExample> rows) {
        int right = 0;
        for (TrainingExample row : rows) {
            PackedBatch batch = PackedBatch.of(List.of(List.of(row)));
            float[] logits = session.logits(batch, batch.places());
            int vocabulary = logits.length / batch.places().length;
            boolean all = true;
            for (int i = 0; i < batch.places().length; i++) {
                int best = 0;
                for (int token = 0; token < vocabulary; token++) {
                    best = logits[i * vocabulary + token] > logits[i * vocabulary + best] ? token : best;
                }
                all &= best == batch.targets()[i];
            }
            right += all ? 1 : 0;
        }
        return (double) right / rows.size();
    }
}
