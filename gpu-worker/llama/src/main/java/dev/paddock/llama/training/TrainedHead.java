package dev.paddock.llama.training;

import ai.djl.ndarray.NDArray;
import dev.paddock.llama.adapter.LinearHead;
import dev.paddock.llama.torch.TensorScope;
import dev.paddock.llama.torch.Tensors;
import java.util.Random;

/**
 * A classification head in training, without a bias.
 *
 * @param parameters where it stands
 * @param slot number of its slot there
 * @param labels its rows
 * @param width the model's hidden size
 */
record TrainedHead(FlatParameters parameters, int slot, int labels, int width) {
    private static final double DEVIATION = 0.02;

    /** Draws the first values. */
    void initialize(long seed) {
        Random random = new Random(seed);
        float[] values = new float[Math.multiplyExact(labels, width)];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (DEVIATION * random.nextGaussian());
        }
        try (TensorScope temporary = TensorScope.open()) {
            NDArray weight = parameters.valueViews(temporary).get(slot);
            Tensors.copyRows(weight, 0, Tensors.floats(temporary, values, labels, width));
        }
    }

    /** As it is now. */
    LinearHead result() {
        try (TensorScope views = TensorScope.open()) {
            float[] weight = Tensors.toFloats(parameters.valueViews(views).get(slot));
            return new LinearHead(labels, width, weight, new float[0]);
        }
    }
}
