package dev.paddock.llama.quantization.posttraining;

import dev.paddock.llama.adapter.Projection;
import dev.paddock.llama.adapter.Projection.Group;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Moves the spread of inputs into the weights (SmoothQuant: Xiao et al. 2022, arXiv:2211.10438, equation 4):
 * {@code s_j = max|X_j|^α / max|W_j|^(1−α)}; the norms before q, k, v and before gate, up are divided by {@code s}, the columns
 * multiplied. Weights are rounded by output channel.
 *
 * @param strength α
 */
public record SmoothQuantMethod(Grid grid, double strength) implements BlockMethod {
    private static final float LEAST = 1e-5f;

    @Override
    public boolean needsInputs() {
        return true;
    }

    @Override
    public void quantize(BlockWeights block, Map<Group, InputStatistics> inputs) {
        for (Group group : List.of(Group.QKV, Group.GATE_UP)) {
            float[] maxima = Objects.requireNonNull(inputs.get(group)).maxima();
            float[] scales = scales(maxima, largest(block, group, maxima.length), strength);
            group.projections().forEach(projection -> block.multiplyInputs(projection, scales));
            AwqMethod.divideFeed(block, group, scales);
        }
        NearestMethod.round(block, grid);
    }

    /** Largest magnitude of each column, over all matrices of a product. */
    private static float[] largest(BlockWeights block, Group group, int columns) {
        float[] largest = new float[columns];
        for (Projection projection : group.projections()) {
            float[] weights = block.matrix(projection);
            for (int i = 0; i < weights.length; i++) {
                largest[i % columns] = Math.max(largest[i % columns], Math.abs(weights[i]));
            }
        }
        return largest;
    }

    static float[] scales(float[] inputs, float[] weights, double strength) {
        float[] scales = new float[inputs.length];
        for (int i = 0; i < scales.length; i++) {
            double weight = Math.max(weights[i], LEAST);
            double scale = Math.pow(Math.max(inputs[i], LEAST), strength) / Math.pow(weight, 1 - strength);
            scales[i] = (float) Math.max(scale, LEAST);
        }
        return scales;
    }
}
