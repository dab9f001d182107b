package dev.paddock.llama.quantization.posttraining;

import dev.paddock.llama.adapter.Projection;
import dev.paddock.llama.adapter.Projection.Group;
import java.util.Map;

/** Round to nearest: what every other method is compared with. */
public record NearestMethod(Grid grid) implements BlockMethod {
    @Override
    public boolean needsInputs() {
        return false;
    }

    @Override
    public void quantize(BlockWeights block, Map<Group, InputStatistics> inputs) {
        round(block, grid);
    }

    /** Every matrix of a block to its nearest numbers. */
    static void round(BlockWeights block, Grid grid) {
        for (Projection projection : Projection.values()) {
            int columns = projection.inputs(block.config());
            int rows = projection.outputs(block.config());
            block.code(projection, NearestRounding.quantize(block.matrix(projection), rows, columns, grid));
        }
    }
}
