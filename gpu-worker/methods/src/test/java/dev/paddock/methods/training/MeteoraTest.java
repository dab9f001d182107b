package dev.paddock.methods.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.catalogue.InvalidParametersException;
import dev.paddock.llama.adapter.PeftAdapter;
import dev.paddock.llama.adapter.RoutedFolder;
import dev.paddock.llama.config.UnsupportedModelException;
import dev.paddock.llama.tiny.TinyModelFiles;
import dev.paddock.llama.torch.Libtorch;
import dev.paddock.methods.training.Runs.Attempt;
import dev.paddock.methods.training.TrainingInput.Source;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

/** Gates over adapters of the tiny model: what a run leaves, that it goes on to the same bytes, and what it refuses. */
class MeteoraTest {
    private static final String BASE = "sha256:base";

    @TempDir
    private Path folder;

    @BeforeAll
    static void oneThread() {
        Libtorch.setThreads(1);
    }

    @BeforeEach
    void rows() throws Exception {
        Runs.writeRows(folder, 24);
    }

    private static ObjectNode params() {
        return Runs.json("""
                {"epochs":2,"batchSize":1,"sequenceLength":160,"learningRate":0.01,"checkpointEvery":4,"precision":"fp32"}
                """);
    }

    @Test
    void theResultServesAloneAndAResumedRunLeavesTheSameBytes() throws Exception {
        Runs runs = new Runs(folder, "meteora", TrainingMethod.NONE, "sft");
        Attempt whole = runs.train(params(), "whole", new Attempt(Integer.MAX_VALUE), null);
        assertThat(whole.losses.get(whole.losses.size() - 1)).isLessThan(whole.losses.get(0));
        Attempt stopped = runs.train(params(), "stopped", new Attempt(5), null);
        Attempt resumed = runs.train(params(), "resumed", new Attempt(Integer.MAX_VALUE), stopped.checkpoint);
        assertThat(resumed.losses).isEqualTo(whole.losses.subList(4, whole.losses.size()));
        runs.assertSameFiles("whole", "resumed");

        Path result = folder.resolve("whole");
        assertThat(RoutedFolder.names(result)).containsExactly("source-0", "source-1");
        assertThat(PeftAdapter.read(result).updates().values())
                .allMatch(update -> update.gate().adapters() == 2);
        assertThat(PeftAdapter.read(result.resolve("adapters/1")))
                .usingRecursiveComparison()
                .isEqualTo(PeftAdapter.read(folder.resolve("source-1")));
    }

    @Test
    void aPreferenceIsLearntByGatesToo() {
        Runs runs = new Runs(folder, "meteora", TrainingMethod.NONE, "dpo");
        Attempt attempt = runs.train(params(), "preferences", new Attempt(Integer.MAX_VALUE), null);
        assertThat(attempt.losses).hasSizeGreaterThan(4).allMatch(Double::isFinite);
    }

    @Test
    void whatNoGateCanChooseAmongIsRefusedByName() {
        source("first", "lora");
        source("second", "lora");
        source("third", "dora");
        refused(params(), "there are 1", at("first", BASE));
        refused(params().put("topK", 3), "topK is 3; of 2 adapters", at("first", BASE), at("second", BASE));
        refused(params(), "adapter third is of the form dora", at("first", BASE), at("third", BASE));
        refused(
                params(),
                "source second is an adapter of sha256:other",
                at("first", BASE),
                at("second", "sha256:other"));
        refused(params(), "source second is a whole model", at("first", BASE), at("second", null));
        refused(
                params(),
                "has weight 0.5",
                at("first", BASE),
                new Source("second", folder.resolve("second"), BASE, 0.5));
        assertThatThrownBy(() -> train(params().put("topK", 1), List.of(at("first", BASE), at("second", BASE))))
                .isInstanceOf(InvalidParametersException.class)
                .hasMessageContaining("topK");
    }

    private void source(String name, String adapter) {
        new Runs(folder, "lora", adapter, "sft")
                .train(params().put("epochs", 1).put("r", 2), name, new Attempt(Integer.MAX_VALUE), null);
    }

    private Source at(String name, @Nullable String base) {
        return new Source(name, folder.resolve(name), base, 1);
    }

    private void refused(ObjectNode params, String message, Source... sources) {
        assertThatThrownBy(() -> train(params, List.of(sources)))
                .isInstanceOfAny(IllegalArgumentException.class, UnsupportedModelException.class)
                .hasMessageContaining(message);
    }

    private void train(ObjectNode params, List<Source> sources) {
        TrainingInput input = new TrainingInput(
                TinyModelFiles.folder(),
                folder.resolve("train.jsonl"),
                folder.resolve("checkpoints"),
                null,
                folder.resolve("refused"),
                BASE,
                1,
                Instant.EPOCH,
                sources);
        TrainingCatalogue.load().preset("meteora").train(params, input, new Attempt(Integer.MAX_VALUE));
    }
}
