package dev.paddock.worker.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.llama.adapter.LoraSettings;
import dev.paddock.llama.config.LlamaConfig;
import dev.paddock.llama.config.RopeScaling;
import dev.paddock.llama.optimizer.AdamW;
import dev.paddock.llama.torch.ScalarType;
import dev.paddock.llama.training.Adaptation;
import dev.paddock.llama.training.BatchShape;
import dev.paddock.llama.training.LearningRate;
import dev.paddock.llama.training.PlannedWork;
import dev.paddock.llama.training.TrainingSettings;
import dev.paddock.llama.training.estimate.Workload;
import dev.paddock.methods.training.RunPlan;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class MemoryCheckTest {
    private static final long GIB = 1L << 30;

    @Test
    void aRunThatCannotFitIsRefusedWithAWayOut() {
        assertThat(MemoryCheck.of(run(), OptionalLong.of(1000 * GIB))).startsWith("expects a peak of ");
        assertThat(MemoryCheck.of(run(), OptionalLong.empty())).startsWith("expects a peak of ");
        assertThatThrownBy(() -> MemoryCheck.of(run(), OptionalLong.of(12 * GIB)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("this worker has 12.0 GiB; it fits with gradientCheckpointing true");
        assertThatThrownBy(() -> MemoryCheck.of(run(), OptionalLong.of(1000)))
                .hasMessageContaining("no smaller order of this base fits");
    }

    /** 32 rows of 1024 tokens through 30 blocks of width 576. */
    private static RunPlan run() {
        LlamaConfig config = new LlamaConfig(
                49_152,
                576,
                1536,
                30,
                9,
                3,
                64,
                1e-5,
                100_000,
                new RopeScaling.None(),
                8192,
                true,
                false,
                false,
                OptionalInt.empty(),
                List.of());
        TrainingSettings settings = new TrainingSettings(
                1, 32, 1024, true, 1, new LearningRate(1e-4, 0, 0), AdamW.DEFAULT, 1, 1, ScalarType.BFLOAT16);
        BatchShape batch = BatchShape.full(32, 1024, true);
        return new RunPlan(
                new Workload(config, Adaptation.lora(LoraSettings.of(8, 16)), settings, 100L << 20),
                new PlannedWork(1, List.of(batch), 1, 1, batch.tokens(), false, false));
    }
}
