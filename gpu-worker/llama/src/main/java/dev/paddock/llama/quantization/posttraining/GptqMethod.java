package dev.paddock.llama.quantization.posttraining;

import dev.paddock.llama.adapter.Projection;
import dev.paddock.llama.adapter.Projection.Group;
import java.util.Map;
import java.util.Objects;

/**
 * {@link Gptq} for every matrix of a block.
 *
 * @param damping λ as a share of the Hessian's mean diagonal
 * @param byActivation whether columns with large inputs are rounded first
 */
public record GptqMethod(Grid grid, double damping, boolean byActivation) implements BlockMethod {
    @Override
    public boolean needsInputs() {
        return true;
    }

    @Override
    public boolean followsQuantized() {
        return true;
    }

    @Override
    public void quantize(BlockWeights block, Map<Group, InputStatistics> inputs) {
        for (Group group : Group.values()) {
            Gptq gptq = Objects.requireNonNull(inputs.get(group)).gptq(grid, damping, byActivation);
            for (Projection projection : group.projections()) {
                block.code(projection, gptq.quantize(block.matrix(projection), projection.outputs(block.config())));
            }
        }
    }
}
