package dev.paddock.methods.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.paddock.llama.torch.Libtorch;
import dev.paddock.methods.training.Runs.Attempt;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

/** Optimizers over the tiny model: near AdamW, and the same bytes after going on from a checkpoint. */
class OptimizerTest {
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

    private Attempt train(String optimizer, String name, int steps, @Nullable Path checkpoint) {
        ObjectNode params = Runs.json("""
                {"epochs":3,"batchSize":1,"sequenceLength":160,"learningRate":0.002,"checkpointEvery":4,"precision":"fp32",
                 "r":16}""").put("optimizer", optimizer);
        return new Runs(folder, "lora", "lora", "sft").train(params, name, new Attempt(steps), checkpoint);
    }

    @ParameterizedTest
    @ValueSource(strings = {"adamw-8bit", "paged-adamw", "adafactor"})
    void itLearnsAndGoesOnToTheSameBytes(String optimizer) {
        Attempt whole = train(optimizer, "whole", Integer.MAX_VALUE, null);
        Attempt plain = train("adamw", "plain", Integer.MAX_VALUE, null);
        int last = whole.losses.size() - 1;
        assertThat(whole.losses.get(last)).isLessThan(whole.losses.get(0) * 0.8);
        if (optimizer.equals("paged-adamw")) {
            assertThat(whole.losses.get(last)).isCloseTo(plain.losses.get(last), within(1e-3));
        }
        Attempt stopped = train(optimizer, "stopped", 5, null);
        Attempt resumed = train(optimizer, "resumed", Integer.MAX_VALUE, stopped.checkpoint);
        assertThat(resumed.losses).isEqualTo(whole.losses.subList(4, whole.losses.size()));
        assertThat(folder.resolve("resumed/adapter_model.safetensors"))
                .hasSameBinaryContentAs(folder.resolve("whole/adapter_model.safetensors"));
    }
}
