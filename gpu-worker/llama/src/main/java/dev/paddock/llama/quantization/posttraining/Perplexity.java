package dev.paddock.llama.quantization.posttraining;

import dev.paddock.llama.weights.WeightSource;
import java.util.List;

/** How well a model foresees texts: {@code exp} of the mean negative log-likelihood of a token, in fp32. */
public final class Perplexity {
    private Perplexity() {}

    /**
     * Of sequences that are each read from an empty context.
     *
     * @param sequences one or more, of one length of at least 2
     * @param atWork called before each block
     */
    public static double of(WeightSource model, List<int[]> sequences, Runnable atWork) {
        try (CalibrationPass pass = new CalibrationPass(model, sequences)) {
            for (int layer = 0; layer < model.config().layers(); layer++) {
                atWork.run();
                pass.advance(new BlockWeights(model, layer));
            }
            return Math.exp(pass.loss(model));
        }
    }
}
