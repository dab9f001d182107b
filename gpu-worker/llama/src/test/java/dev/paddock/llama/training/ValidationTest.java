package dev.paddock.llama.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.paddock.llama.adapter.LoraSettings;
import dev.paddock.llama.config.LlamaConfig;
import dev.paddock.llama.optimizer.AdamW;
import dev.paddock.llama.torch.Libtorch;
import dev.paddock.llama.torch.ScalarType;
import dev.paddock.llama.training.TrainingRun.CheckpointPolicy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ValidationTest {
    private static final LlamaConfig CONFIG = RandomModel.config(true, false);
    private static final LoraSettings DROPOUT =
            new LoraSettings(4, 8, 0.3, LoraSettings.of(1, 1).targets(), false);
    private static final TrainingSettings SETTINGS = new TrainingSettings(
            2, 2, 32, true, 1, new LearningRate(1e-2, 2, 0), AdamW.DEFAULT, 1, 5, ScalarType.FLOAT32);

    @TempDir
    private Path folder;

    @BeforeAll
    static void oneThread() {
        Libtorch.setThreads(1);
    }

    private List<String> run(String name, Validation validation, List<Double> losses) {
        List<String> heard = new ArrayList<>();
        new TrainingRun(
                        new RandomModel(CONFIG, 1),
                        "random",
                        Adaptation.lora(DROPOUT),
                        SETTINGS,
                        new Lessons.Texts(Examples.many(2, 24, CONFIG.vocabularySize())),
                        new CheckpointPolicy(folder.resolve("checkpoints"), 0, Optional.empty()),
                        validation)
                .run(
                        folder.resolve(name),
                        new TrainingListener() {
                            @Override
                            public void validated(int step, String set, double loss) {
                                heard.add(set + step);
                                losses.add(loss);
                            }
                        },
                        () -> false);
        return heard;
    }

    @Test
    void namedSetsAreMeasuredAtTheirTimesAndTheRunEndsInTheSameBytes() {
        ValidationSet one = new ValidationSet("one", Examples.many(7, 9, CONFIG.vocabularySize()), 5);
        ValidationSet two = new ValidationSet("two", Examples.many(8, 3, CONFIG.vocabularySize()), 5);
        List<String> heard = run("with", new Validation(List.of(one, two)), new ArrayList<>());
        assertThat(heard).startsWith("one0", "two0", "one5", "two5", "one10", "two10");
        assertThat(run("without", Validation.NONE, new ArrayList<>())).isEmpty();
        assertThat(folder.resolve("with/adapter_model.safetensors"))
                .hasSameBinaryContentAs(folder.resolve("without/adapter_model.safetensors"));
    }

    @Test
    void theLossIsTheMeanOverCountedTokensWhateverTheBatches() {
        List<TrainingExample> examples = Examples.many(7, 9, CONFIG.vocabularySize());
        examples.get(0).weights()[5] = 0.25f;
        List<Double> together = new ArrayList<>();
        run("together", new Validation(List.of(new ValidationSet("all", examples, 0))), together);
        double sum = 0;
        double weight = 0;
        for (int i = 0; i < examples.size(); i++) {
            List<Double> alone = new ArrayList<>();
            run("alone" + i, new Validation(List.of(new ValidationSet("one", List.of(examples.get(i)), 0))), alone);
            double counted = PackedBatch.of(List.of(List.of(examples.get(i)))).totalWeight();
            sum += alone.get(0) * counted;
            weight += counted;
        }
        assertThat(together.get(0)).isCloseTo(sum / weight, within(1e-5));
    }

    @Test
    void aSetWithoutATokenToPredictIsRefused() {
        assertThatThrownBy(() -> new ValidationSet("empty", List.of(TrainingExample.text(new int[] {1})), 0))
                .hasMessageContaining("validation set empty");
    }
}
