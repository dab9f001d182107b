package dev.paddock.llama.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.paddock.llama.adapter.Initialization;
import dev.paddock.llama.adapter.LoraSettings;
import dev.paddock.llama.adapter.SavedModule;
import dev.paddock.llama.config.LlamaConfig;
import dev.paddock.llama.optimizer.AdamW;
import dev.paddock.llama.torch.Libtorch;
import dev.paddock.llama.torch.ScalarType;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Rates by kind of matrix and by block: what AdamW's first step, which is the rate itself, moves. */
class LearningRatesTest {
    private static final LlamaConfig CONFIG = RandomModel.config(true, false);
    private static final double RATE = 1e-3;

    @BeforeAll
    static void oneThread() {
        Libtorch.setThreads(1);
    }

    /** Largest change of a slot in the first step. */
    private static double moved(TrainingOptions options, String slot) {
        Adaptation adaptation = Adaptation.lora(LoraSettings.of(2, 4).withInitialization(Initialization.PISSA))
                .withModules(Set.of(SavedModule.EMBED_TOKENS, SavedModule.NORM));
        TrainingSettings settings = new TrainingSettings(
                2, 1, 32, true, 1, new LearningRate(RATE, 0, 0), AdamW.DEFAULT, 1e9, 42, ScalarType.FLOAT32, options);
        try (TrainingSession session =
                new TrainingSession(new RandomModel(CONFIG, 1), adaptation, settings, Examples.many(2, 24, 50))) {
            FlatParameters parameters = session.model().parameters();
            float[] before = parameters.values().toFloatArray();
            session.step(1);
            float[] after = parameters.values().toFloatArray();
            FlatSlot found = parameters.slots().stream()
                    .filter(one -> one.name().contains(slot))
                    .findFirst()
                    .orElseThrow();
            double most = 0;
            for (long i = found.offset(); i < found.offset() + found.elements(); i++) {
                most = Math.max(most, Math.abs(after[(int) i] - before[(int) i]));
            }
            return most;
        }
    }

    @Test
    void loraPlusMovesEveryBByTheRatioMore() {
        TrainingOptions plus = TrainingOptions.NONE.withAdapterRatio(16);
        assertThat(moved(plus, "layers.0.self_attn.o_proj.lora_A")).isCloseTo(RATE, within(RATE / 50));
        assertThat(moved(plus, "layers.0.self_attn.o_proj.lora_B")).isCloseTo(16 * RATE, within(16 * RATE / 50));
        assertThat(moved(plus, "model.norm.weight")).isCloseTo(RATE, within(RATE / 50));
    }

    @Test
    void layerDecayLowersTheRateBlockByBlock() {
        TrainingOptions decay = new TrainingOptions(0, 0, false, 4, 0.5, false, true);
        assertThat(moved(decay, "model.norm.weight")).isCloseTo(RATE, within(RATE / 50));
        assertThat(moved(decay, "layers.1.mlp.down_proj.lora_A")).isCloseTo(RATE / 2, within(RATE / 50));
        assertThat(moved(decay, "layers.0.mlp.down_proj.lora_A")).isCloseTo(RATE / 4, within(RATE / 50));
        assertThat(moved(decay, "layers.0.mlp.down_proj.lora_B")).isCloseTo(RATE, within(RATE / 50));
        assertThat(moved(decay, "embed_tokens")).isCloseTo(RATE / 8, within(RATE / 50));
    }
}
