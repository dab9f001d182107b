package dev.paddock.llama.quantization.posttraining;

import dev.paddock.llama.adapter.Projection;
import dev.paddock.llama.adapter.Projection.Group;
import dev.paddock.llama.config.LlamaConfig;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Scales the columns that meet large inputs up before rounding and what feeds them down (AWQ: Lin et al. 2023, arXiv:2306.00978):
 * {@code s = mean|x|^α}, α from a grid over [0, 1) by the least {@code ‖(Q(W diag(s)) diag(s)⁻¹ − W) Xᵀ‖²} (equations 4 and 5).
 * What feeds q, k, v and gate, up is a norm, what feeds down is up, and what feeds o is v, where every query head has its own v.
 *
 * @param steps α takes the values 0, 1/steps, …, 1 − 1/steps
 */
public record AwqMethod(Grid grid, int steps) implements BlockMethod {
    private static final float LEAST = 1e-4f;

    @Override
    public boolean needsInputs() {
        return true;
    }

    @Override
    public void quantize(BlockWeights block, Map<Group, InputStatistics> inputs) {
        LlamaConfig config = block.config();
        for (Group group : Group.values()) {
            if (group == Group.O && config.heads() != config.keyValueHeads()) {
                continue;
            }
            float[] scales = search(block, group, Objects.requireNonNull(inputs.get(group)));
            group.projections().forEach(projection -> block.multiplyInputs(projection, scales));
            divideFeed(block, group, scales);
        }
        NearestMethod.round(block, grid);
    }

    /** Takes the scales back where the group's inputs come from. */
    static void divideFeed(BlockWeights block, Group group, float[] scales) {
        switch (group) {
            case QKV -> block.divide(block.attentionNorm(), scales);
            case O -> block.divideOutputs(Projection.V_PROJ, scales);
            case GATE_UP -> block.divide(block.feedForwardNorm(), scales);
            case DOWN -> block.divideOutputs(Projection.UP_PROJ, scales);
        }
    }

    private float[] search(BlockWeights block, Group group, InputStatistics inputs) {
        List<float[]> matrices = group.projections().stream().map(block::matrix).toList();
        return scales(inputs.means(), (double) bestStep(matrices, inputs) / steps);
    }

    /** Which power, as its number from 0, changes the product's outputs least. */
    int bestStep(List<float[]> matrices, InputStatistics inputs) {
        float[] means = inputs.means();
        int best = 0;
        double least = Double.POSITIVE_INFINITY;
        for (int step = 0; step < steps; step++) {
            float[] scales = scales(means, (double) step / steps);
            double error = matrices.stream()
                    .mapToDouble(weights -> inputs.energy(error(weights, scales)))
                    .sum();
            if (error < least) {
                least = error;
                best = step;
            }
        }
        return best;
    }

    /** {@code mean|x|^α}, divided by the square root of its extremes' product so that scales lie about 1. */
    static float[] scales(float[] means, double power) {
        double[] scales = new double[means.length];
        for (int i = 0; i < scales.length; i++) {
            scales[i] = Math.max(Math.pow(means[i], power), LEAST);
        }
        double most = Arrays.stream(scales).max().orElse(1);
        double middle = Math.sqrt(most * Arrays.stream(scales).min().orElse(1));
        float[] result = new float[scales.length];
        for (int i = 0; i < result.length; i++) {
            result[i] = (float) (scales[i] / middle);
        }
        return result;
    }

    private float[] error(float[] weights, float[] scales) {
        int columns = scales.length;
        float[] scaled = new float[weights.length];
        for (int i = 0; i < scaled.length; i++) {
            scaled[i] = weights[i] * scales[i % columns];
        }
        float[] error = NearestRounding.quantize(scaled, weights.length / columns, columns, grid)
                .values();
        for (int i = 0; i < error.length; i++) {
            error[i] = error[i] / scales[i % columns] - weights[i];
        }
        return error;
    }
}
