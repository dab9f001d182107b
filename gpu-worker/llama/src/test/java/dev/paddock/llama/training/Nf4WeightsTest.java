package dev.paddock.llama.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import dev.paddock.llama.adapter.LoraSettings;
import dev.paddock.llama.config.LlamaConfig;
import dev.paddock.llama.optimizer.AdamW;
import dev.paddock.llama.tiny.TinyModelFiles;
import dev.paddock.llama.torch.Libtorch;
import dev.paddock.llama.torch.ScalarType;
import dev.paddock.llama.torch.TensorScope;
import dev.paddock.llama.torch.Tensors;
import dev.paddock.llama.weights.ModelFiles;
import dev.paddock.llama.weights.WeightSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A base in 4 bits: what the blocks are computed with, what it takes, and what training on it costs. */
class Nf4WeightsTest {
    @BeforeAll
    static void oneThread() {
        Libtorch.setThreads(1);
    }

    @Test
    void everyBlockGetsItsOwnNumbersBack() {
        LlamaConfig config = RandomModel.config(true, true);
        RandomModel model = new RandomModel(config, 3);
        try (TensorScope scope = TensorScope.open();
                Nf4Weights quantized = new Nf4Weights(
                        scope, model, ScalarType.FLOAT32, slot -> !slot.parts().isEmpty())) {
            FrozenWeights exact = new ResidentWeights(
                    scope, model, ScalarType.FLOAT32, slot -> !slot.parts().isEmpty());
            for (int pass = 0; pass < 2; pass++) {
                for (WeightSlot slot : WeightSlot.of(config)) {
                    if (!slot.parts().isEmpty()) {
                        assertNear(slot, quantized.tensor(slot), exact.tensor(slot));
                    }
                }
            }
        }
    }

    /** Within a step of the code book, whose widest is 0.31 of a block's largest; exactly where nothing is quantized. */
    private static void assertNear(WeightSlot slot, NDArray actual, NDArray expected) {
        float[] a = Tensors.toFloats(actual);
        float[] e = Tensors.toFloats(expected);
        boolean exact = slot.isVector() || slot.isVocabulary();
        for (int i = 0; i < e.length; i++) {
            assertThat(a[i]).as(slot.joinedName()).isCloseTo(e[i], within(exact ? 0f : 0.35f));
        }
    }

    @Test
    void theMatricesTakeAQuarterOfBfloat16AndTheLossStaysNear() {
        try (WeightSource base = ModelFiles.open(TinyModelFiles.folder())) {
            Course plain = new Course(base, Adaptation.lora(LoraSettings.of(8, 16)));
            Course quantized = new Course(base, Adaptation.qlora(LoraSettings.of(8, 16)));
            assertThat(quantized.bytes / (double) plain.bytes).isLessThan(0.30);
            assertThat(quantized.last()).isLessThan(quantized.losses.get(0));
            assertThat(quantized.last()).isCloseTo(plain.last(), within(plain.last() * 0.15));
        }
    }

    /** A short training in bf16. */
    private static final class Course {
        private final List<Double> losses = new ArrayList<>();
        private final long bytes;

        Course(WeightSource base, Adaptation adaptation) {
            TrainingSettings settings = new TrainingSettings(
                    4, 2, 96, true, 1, new LearningRate(3e-3, 2, 0), AdamW.DEFAULT, 1, 7, ScalarType.BFLOAT16);
            List<TrainingExample> rows = Examples.many(2, 24, base.config().vocabularySize());
            try (TrainingSession session = new TrainingSession(base, adaptation, settings, rows)) {
                bytes = session.model().frozen().matrixBytes();
                for (int step = 1; step <= session.steps(); step++) {
                    losses.add(session.step(step).loss());
                }
            }
        }

        double last() {
            return losses.get(losses.size() - 1);
        }
    }
}
