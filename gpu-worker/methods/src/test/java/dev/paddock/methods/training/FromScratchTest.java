package dev.paddock.methods.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.catalogue.InvalidParametersException;
import dev.paddock.catalogue.Parameters;
import dev.paddock.llama.tokenizer.Tokenizer;
import dev.paddock.llama.tokenizer.Tokenizers;
import dev.paddock.llama.torch.Libtorch;
import dev.paddock.llama.weights.ModelFiles;
import dev.paddock.llama.weights.WeightSource;
import dev.paddock.methods.training.Runs.Attempt;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

/** A small model out of nothing: it learns more than how often words occur, and goes on to the same bytes. */
class FromScratchTest {
    @TempDir
    private Path folder;

    @BeforeAll
    static void oneThread() {
        Libtorch.setThreads(1);
    }

    private static ObjectNode params(String more) {
        return Runs.json("""
            {"hiddenSize":64,"intermediateSize":128,"hiddenLayers":2,"attentionHeads":4,"keyValueHeads":2,\
            "vocabularySize":512,"contextLength":128,"sequenceLength":128,"batchSize":4,"epochs":2,\
            "learningRate":0.005,"schedule":"wsd","checkpointEvery":10,"precision":"fp32"%s}\
            """.formatted(more));
    }

    private List<String> write(int documents) throws IOException {
        return Runs.writeDocuments(folder, documents);
    }

    private Runs runs() {
        return new Runs(folder, "from-scratch", "full", "causal-lm");
    }

    /** Nats per token of the texts where a token tells nothing of the next one. */
    private static double unigramEntropy(Tokenizer tokenizer, List<String> texts) {
        Map<Integer, Integer> counts = new HashMap<>();
        double all = 0;
        for (String text : texts) {
            for (int id : tokenizer.encodeOrdinary(text)) {
                counts.merge(id, 1, Integer::sum);
                all++;
            }
        }
        double total = all;
        return counts.values().stream()
                .mapToDouble(count -> -count / total * Math.log(count / total))
                .sum();
    }

    @Test
    void itLearnsFarMoreThanHowOftenTokensOccur() throws IOException {
        List<String> texts = write(1500);
        Attempt run = runs().train(params(""), "model", new Attempt(Integer.MAX_VALUE), null);
        List<Double> measured = run.metric("domain_loss");
        try (Tokenizer tokenizer = Tokenizers.of(folder.resolve("model"));
                WeightSource model = ModelFiles.open(folder.resolve("model"))) {
            assertThat(measured.get(0)).isBetween(0.9 * Math.log(512), 1.1 * Math.log(512));
            assertThat(measured.get(measured.size() - 1)).isLessThan(0.5 * unigramEntropy(tokenizer, texts));
            assertThat(model.config().vocabularySize())
                    .isEqualTo(tokenizer.vocabularySize())
                    .isEqualTo(512);
            assertThat(tokenizer.endIds()).containsExactlyInAnyOrder(0, 2);
            assertThat(tokenizer.chatTemplate()).isPresent();
        }
    }

    @Test
    void aResumedRunEndsInTheSameBytes() throws IOException {
        write(300);
        Attempt whole = runs().train(params(""), "whole", new Attempt(Integer.MAX_VALUE), null);
        Attempt stopped = runs().train(params(""), "stopped", new Attempt(13), null);
        assertThat(stopped.lines).contains("stopped");
        Attempt resumed = runs().train(params(""), "resumed", new Attempt(Integer.MAX_VALUE), stopped.checkpoint);
        assertThat(resumed.losses).isEqualTo(whole.losses.subList(10, whole.losses.size()));
        try (Stream<Path> files = Files.list(folder.resolve("whole"))) {
            List<Path> all = files.toList();
            assertThat(all).hasSize(4);
            for (Path file : all) {
                assertThat(folder.resolve("resumed").resolve(file.getFileName()))
                        .hasSameBinaryContentAs(file);
            }
        }
    }

    @Test
    void shapesThatCannotBeAreRefusedByTheirRule() {
        Parameters<FromScratch.Params> parameters = Parameters.of(FromScratch.Params.class);
        assertThatThrownBy(() -> parameters.bind(Runs.json("{\"hiddenSize\":100,\"attentionHeads\":8}")))
                .isInstanceOf(InvalidParametersException.class)
                .hasMessageContaining("even multiple of attentionHeads");
        assertThatThrownBy(() -> parameters.bind(Runs.json("{\"attentionHeads\":4,\"keyValueHeads\":3}")))
                .hasMessageContaining("multiple of keyValueHeads");
    }
}
