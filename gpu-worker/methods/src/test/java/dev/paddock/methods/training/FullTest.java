package dev.paddock.methods.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.llama.tiny.TinyModelFiles;
import dev.paddock.llama.tokenizer.Tokenizer;
import dev.paddock.llama.tokenizer.Tokenizers;
import dev.paddock.llama.torch.Libtorch;
import dev.paddock.llama.weights.ModelFiles;
import dev.paddock.llama.weights.WeightSource;
import dev.paddock.methods.training.Runs.Attempt;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

/** Full fine-tuning ends in a model that needs no other. */
class FullTest {
    private static final String EMBEDDING = "model.embed_tokens.weight";

    @Test
    void theResultIsAModelWithItsBasesTokenizer(@TempDir Path folder) throws IOException {
        Runs.writeRows(folder, 8);
        Runs runs = new Runs(folder, "full", "full", "sft");

        runs.train(Runs.json("{\"learningRate\":0.01,\"sequenceLength\":128}"), "model", new Attempt(100), null);

        Path base = TinyModelFiles.folder();
        Path model = folder.resolve("model");
        try (Tokenizer tokenizer = Tokenizers.of(model);
                WeightSource before = ModelFiles.open(base);
                WeightSource after = ModelFiles.open(model)) {
            assertThat(tokenizer.vocabularySize()).isEqualTo(before.config().vocabularySize());
            assertThat(after.config()).isEqualTo(before.config());
            assertThat(embedding(after)).isNotEqualTo(embedding(before));
        }
        assertThat(model.resolve("tokenizer_config.json"))
                .hasSameTextualContentAs(base.resolve("tokenizer_config.json"));
        assertThat(model.resolve("adapter_config.json")).doesNotExist();
    }

    private static final String ROW = """
            {"messages":[{"role":"user","content":"Where does parcel %1$d go?"},\
            {"role":"assistant","content":"To hall %1$d."}],"source":"%2$s"}
            """;

    private static void write(Path folder, boolean skillsAlone) throws IOException {
        StringBuilder rows = new StringBuilder();
        for (int i = 0; i < 24; i++) {
            boolean skill = i % 2 == 0;
            rows.append(skill || !skillsAlone ? ROW.formatted(i, skill ? "skills" : "knowledge") : "");
        }
        Files.writeString(folder.resolve("train.jsonl"), rows);
    }

    private static ObjectNode phased(String phases) {
        return Runs.json("""
                {"learningRate":0.001,"epochs":2,"batchSize":1,"sequenceLength":64,"precision":"fp32","warmupRatio":0,\
                "schedule":"constant","checkpointEvery":1,"phases":%s}""".formatted(phases));
    }

    @Test
    void phasesAreTrainedOneAfterAnotherAndGoOnInTheMiddleOfOne(@TempDir Path folder) throws IOException {
        Libtorch.setThreads(1);
        Runs runs = new Runs(folder, "full", "full", "sft");
        write(folder, true);
        Attempt alone = runs.train(phased("[]"), "alone", new Attempt(100), null);
        write(folder, false);
        Attempt stacked = runs.train(phased("[]"), "stacked", new Attempt(100), null);
        ObjectNode params = phased("[\"skills\",\"knowledge\"]");
        Attempt whole = runs.train(params, "whole", new Attempt(100), null);
        int first = alone.losses.size();
        assertThat(whole.losses.subList(0, first))
                .as("the first phase is the run on its rows alone")
                .isEqualTo(alone.losses)
                .isNotEqualTo(stacked.losses.subList(0, first));

        for (int stop : new int[] {first / 2, first + 3}) {
            Attempt stopped = runs.train(params, "stopped-" + stop, new Attempt(stop), null);
            Attempt resumed = new Attempt(100);
            runs.train(params, "resumed-" + stop, resumed, stopped.checkpoint);
            assertThat(resumed.lines).anyMatch(line -> line.startsWith("goes on after step"));
            int steps = whole.losses.size();
            assertThat(resumed.losses).isEqualTo(whole.losses.subList(steps - resumed.losses.size(), steps));
            assertThat(folder.resolve("resumed-" + stop + "/model.safetensors"))
                    .hasSameBinaryContentAs(folder.resolve("whole/model.safetensors"));
        }
        Attempt other = runs.train(phased("[\"knowledge\",\"skills\"]"), "other", new Attempt(1), whole.checkpoint);
        assertThat(other.lines).anyMatch(line -> line.startsWith("begins anew: "));
    }

    @Test
    void phasesThatAreNotTheSourcesOfTheRowsAreRefused(@TempDir Path folder) throws IOException {
        write(folder, false);
        Runs runs = new Runs(folder, "full", "full", "sft");
        assertThatThrownBy(() -> runs.train(phased("[\"skills\"]"), "refused", new Attempt(1), null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("phases are [skills]")
                .hasMessageContaining("have the sources [knowledge, skills]");
    }

    private static FloatBuffer embedding(WeightSource weights) {
        FloatBuffer numbers = FloatBuffer.allocate((int) weights.info(EMBEDDING).elements());
        weights.read(EMBEDDING, numbers);
        return numbers.flip();
    }
}
