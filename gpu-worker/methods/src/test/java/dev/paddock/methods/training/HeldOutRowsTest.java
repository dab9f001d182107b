package dev.paddock.methods.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.catalogue.InvalidParametersException;
import dev.paddock.llama.torch.Libtorch;
import dev.paddock.methods.training.Runs.Attempt;
import java.nio.file.Path;
import java.util.Collections;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

/** Rows that are measured on the way, by the loss of the order's own objective. */
class HeldOutRowsTest {
    private static final String PARAMS = """
            {"r":4,"epochs":2,"batchSize":1,"sequenceLength":160,"learningRate":0.001,"precision":"fp32",
             "checkpointEvery":2,"validationRatio":0.25,"evalSteps":1,"loadBestModelAtEnd":true}""";

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

    @ParameterizedTest
    @ValueSource(strings = {"sft", "dpo", "orpo", "kto"})
    void theirLossIsMeasuredAndChoosesTheResultAlsoAfterAStop(String objective) {
        Runs runs = new Runs(folder, "lora", "lora", objective);
        Attempt whole = runs.train(Runs.json(PARAMS), "whole", new Attempt(Integer.MAX_VALUE), null);
        assertThat(whole.metric("validation_loss")).hasSize(whole.losses.size() + 1);
        if (!objective.equals("kto")) { // whose reference point needs more rows in a batch
            assertThat(Collections.min(whole.metric("validation_loss")))
                    .isLessThan(whole.metric("validation_loss").get(0));
        }
        assertThat(whole.metric("validation_perplexity").isEmpty()).isEqualTo(!objective.equals("sft"));
        assertThat(whole.lines)
                .anyMatch(line -> line.contains("documents are held out"))
                .anyMatch(line -> line.startsWith("the result is the state after step"));
        Attempt stopped = runs.train(Runs.json(PARAMS), "stopped", new Attempt(5), null);
        Attempt resumed = runs.train(Runs.json(PARAMS), "resumed", new Attempt(Integer.MAX_VALUE), stopped.checkpoint);
        assertThat(resumed.lines).anyMatch(line -> line.startsWith("goes on after step"));
        assertThat(folder.resolve("resumed/adapter_model.safetensors"))
                .hasSameBinaryContentAs(folder.resolve("whole/adapter_model.safetensors"));
    }

    @Test
    void aChoiceWithoutRowsToMeasureIsRefused() {
        Runs runs = new Runs(folder, "lora", "lora", "sft");
        ObjectNode params = Runs.json(PARAMS).put("validationRatio", 0);
        assertThatThrownBy(() -> runs.train(params, "refused", new Attempt(1), null))
                .isInstanceOf(InvalidParametersException.class)
                .hasMessageContaining("need validationRatio");
    }
}
