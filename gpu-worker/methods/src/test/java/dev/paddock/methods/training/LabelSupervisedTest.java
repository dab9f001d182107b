package dev.paddock.methods.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.llama.classification.ClassificationHead;
import dev.paddock.llama.classification.ClassifierModel;
import dev.paddock.llama.classification.LabelScheme;
import dev.paddock.llama.classification.WholeClassifier;
import dev.paddock.llama.config.UnsupportedModelException;
import dev.paddock.llama.tiny.TinyModelFiles;
import dev.paddock.llama.torch.Libtorch;
import dev.paddock.llama.weights.ModelFiles;
import dev.paddock.llama.weights.WeightSource;
import dev.paddock.methods.training.Runs.Attempt;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

/** Classifiers over the tiny model. */
class LabelSupervisedTest {
    private static final String SEQUENCE = """
            {"messages":[{"role":"user","content":"%s parcel %d"},{"role":"assistant","content":"%s"}]}
            """;
    private static final String SPANS = """
            {"messages":[{"role":"user","content":"bring %1$s to hall"}],"spans":[{"start":6,"end":%2$d,"label":"thing"}]}
            """;

    @TempDir
    private Path folder;

    @BeforeAll
    static void oneThread() {
        Libtorch.setThreads(1);
    }

    private Attempt train(String adapter, String params) {
        ObjectNode course = Runs.json("""
                {"epochs":12,"batchSize":1,"sequenceLength":128,"learningRate":0.005,"precision":"fp32"}""");
        course.setAll(Runs.json(params));
        return new Runs(folder, "label-supervised", adapter, "label-supervised")
                .train(course, "out", new Attempt(Integer.MAX_VALUE), null);
    }

    @Test
    void aHeadLearnsTheLabelsOfConversations() throws Exception {
        StringBuilder rows = new StringBuilder();
        IntStream.range(0, 16).forEach(i -> rows.append(SEQUENCE.formatted("lost", i, "claim"))
                .append(SEQUENCE.formatted("send", i, "order")));
        Files.writeString(folder.resolve("train.jsonl"), rows);
        Attempt attempt = train("lora", "{}");
        assertThat(attempt.losses.get(0)).isBetween(0.2, 1.5);
        assertThat(attempt.losses.get(attempt.losses.size() - 1)).isLessThan(0.1);
        ClassifierModel written = ClassifierModel.read(folder.resolve("out"));
        assertThat(written.scheme().labels()).containsExactly("claim", "order");
        assertThat(written.scheme().causal()).isTrue();
    }

    @Test
    void tokensAreLabelledWithoutTheMask() throws Exception {
        StringBuilder rows = new StringBuilder();
        for (String thing : new String[] {"a box", "the letter", "one parcel", "my bag"}) {
            rows.append(SPANS.formatted(thing, 6 + thing.length()));
        }
        Files.writeString(folder.resolve("train.jsonl"), rows.toString().repeat(4));
        Attempt attempt = train("lora", "{\"task\":\"token\"}");
        assertThat(attempt.losses.get(attempt.losses.size() - 1)).isLessThan(attempt.losses.get(0) / 3);
        ClassifierModel written = ClassifierModel.read(folder.resolve("out"));
        assertThat(written.scheme().labels()).containsExactly("O", "B-thing", "I-thing");
        assertThat(written.scheme().causal()).isFalse();
    }

    @Test
    void rowsWithoutLabelsAreRefusedByNumber() throws Exception {
        Path rows = folder.resolve("train.jsonl");
        Files.writeString(rows, SEQUENCE.formatted("lost", 1, "claim") + SPANS.formatted("a box", 11));
        assertThatThrownBy(() -> train("lora", "{}"))
                .hasMessageContaining("row 2: the last message must be the assistant's");
        assertThatThrownBy(() -> train("lora", "{\"task\":\"token\"}")).hasMessageContaining("row 1: lacks spans");
        Files.writeString(rows, SEQUENCE.formatted("lost", 1, "claim"));
        assertThatThrownBy(() -> train("lora", "{}")).hasMessageContaining("[claim], and a classifier needs two");
    }

    @ParameterizedTest
    @ValueSource(strings = {"fp32", "bf16"})
    void everyWeightBecomesAClassifierThatNeedsNoOtherModel(String precision) throws Exception {
        StringBuilder rows = new StringBuilder();
        IntStream.range(0, 16).forEach(i -> rows.append(SEQUENCE.formatted("lost", i, "claim"))
                .append(SEQUENCE.formatted("send", i, "order")));
        Files.writeString(folder.resolve("train.jsonl"), rows);
        Attempt attempt = train("full", "{\"precision\":\"%s\",\"learningRate\":0.001}".formatted(precision));
        assertThat(attempt.losses.get(attempt.losses.size() - 1)).isLessThan(0.1);
        Path out = folder.resolve("out");
        assertThat(out.resolve("adapter_config.json")).doesNotExist();
        assertThat(out.resolve("tokenizer.json")).hasSameBinaryContentAs(tokenizer());
        assertThat(WholeClassifier.isIn(out)).isTrue();
        assertThat(WholeClassifier.read(out).scheme().labels()).containsExactly("claim", "order");
        try (WeightSource decoder = ModelFiles.openClassifier(out)) {
            assertThat(decoder.names()).contains("model.norm.weight").doesNotContain("score.weight");
        }
        assertThatThrownBy(() -> ModelFiles.open(out))
                .isInstanceOf(UnsupportedModelException.class)
                .hasMessageContaining("LlamaForSequenceClassification; it gives labels and writes no texts");
    }

    private static Path tokenizer() throws Exception {
        return TinyModelFiles.folder().resolve("tokenizer.json");
    }

    @Test
    void everyWeightLearnsTheLabelsOfTokens() throws Exception {
        StringBuilder rows = new StringBuilder();
        for (String thing : new String[] {"a box", "the letter", "one parcel", "my bag"}) {
            rows.append(SPANS.formatted(thing, 6 + thing.length()));
        }
        Files.writeString(folder.resolve("train.jsonl"), rows.toString().repeat(4));
        Attempt attempt = train("full", "{\"task\":\"token\",\"learningRate\":0.001}");
        assertThat(attempt.losses.get(attempt.losses.size() - 1)).isLessThan(attempt.losses.get(0) / 3);
        ClassificationHead head = WholeClassifier.read(folder.resolve("out"));
        assertThat(head.scheme()).isEqualTo(LabelScheme.ofSpans(false, List.of("thing")));
        assertThat(head.head().bias()).as("as transformers has it").hasSize(3);
    }
}
