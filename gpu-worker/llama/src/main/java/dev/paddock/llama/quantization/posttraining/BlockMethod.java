package dev.paddock.llama.quantization.posttraining;

import dev.paddock.llama.adapter.Projection.Group;
import java.util.Map;

/** Chooses the codes of one block's seven matrices. */
public interface BlockMethod {
    /** What the codes may say. */
    Grid grid();

    /** Whether inputs are to be seen. */
    boolean needsInputs();

    /** Whether a block sees the outputs of the quantized blocks before it, or those of the model as it was. */
    default boolean followsQuantized() {
        return false;
    }

    /**
     * Gives each projection its codes ({@link BlockWeights#code}).
     *
     * @param inputs of each product; empty where none are needed
     */
    void quantize(BlockWeights block, Map<Group, InputStatistics> inputs);
}
