package dev.paddock.llama.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.paddock.llama.config.LlamaConfig;
import dev.paddock.llama.torch.Libtorch;
import dev.paddock.llama.torch.TensorScope;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows whose attention goes in blocks of queries, with the causal mask and without. */
class LongRowsTest {
    private static final LlamaConfig CONFIG = RandomModel.config(true, false);

    @BeforeAll
    static void oneThread() {
        Libtorch.setThreads(1);
    }

    private static List<TrainingExample> documents(long seed, int... lengths) {
        Random random = new Random(seed);
        return IntStream.of(lengths)
                .mapToObj(length -> Examples.random(random, length, length / 3, CONFIG.vocabularySize()))
                .toList();
    }

    @ParameterizedTest(name = "causal {0}")
    @ValueSource(booleans = {true, false})
    void probabilitiesThatAreNotKeptGiveTheGradientsOfAutograd(boolean causal) throws Exception {
        GradientTest.everyWeightAgrees(CONFIG, PackedBatch.of(List.of(documents(4, 300, 500, 290))), causal, 3e-4);
    }

    @ParameterizedTest(name = "causal {0}")
    @ValueSource(booleans = {true, false})
    void masksThatAreMadeBlockByBlockAreThoseMadeAhead(boolean causal) {
        List<TrainingExample> documents = documents(5, 900, 300, 1000);
        float[][] gradients = new float[2][];
        double together = gradient(PackedBatch.of(List.of(documents)), causal, gradients, 0);
        double apart = gradient(PackedBatch.of(documents.stream().map(List::of).toList()), causal, gradients, 1);
        assertThat(together).isCloseTo(apart, within(apart * 1e-5));
        double difference = 0;
        double square = 0;
        for (int i = 0; i < gradients[0].length; i++) {
            difference += Math.pow(gradients[0][i] - (double) gradients[1][i], 2);
            square += Math.pow(gradients[1][i], 2);
        }
        assertThat(Math.sqrt(difference)).isLessThan(1e-4 * Math.sqrt(square));
    }

    private static double gradient(PackedBatch batch, boolean causal, float[][] gradients, int at) {
        try (TensorScope scope = TensorScope.open();
                TrainedModel model = new TrainedModel(
                        scope,
                        TrainingKernels.load(),
                        new RandomModel(CONFIG, 1),
                        Adaptation.full(),
                        TrainingSessionTest.settings(1, 1, 1e-3))) {
            TrainingOptions options = TrainingOptions.NONE.withCausal(causal);
            double loss = new TrainingStep(scope, model, options, 1024).accumulate(List.of(batch), 0);
            gradients[at] = model.parameters().gradients().toFloatArray();
            return loss;
        }
    }
}
