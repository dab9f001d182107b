package dev.paddock.llama.training;

import dev.paddock.llama.config.Rules;
import dev.paddock.llama.optimizer.AdamW;
import dev.paddock.llama.torch.ScalarType;

/**
 * How a run goes over its examples.
 *
 * @param epochs times that every example is seen
 * @param batchRows rows computed at once
 * @param maxLength most tokens of a row, and of an example
 * @param packed whether several examples share a row
 * @param accumulation batches whose gradients are summed before an update
 * @param learningRate schedule
 * @param optimizer settings of AdamW
 * @param maxGradientNorm norm to which the mean gradient is clipped; 0 for no clipping
 * @param seed of shuffling, initial values and dropout
 * @param computeType FLOAT32 or BFLOAT16, the type of the base and of the products
 * @param options what not every run has
 */
public record TrainingSettings(
        int epochs,
        int batchRows,
        int maxLength,
        boolean packed,
        int accumulation,
        LearningRate learningRate,
        AdamW optimizer,
        double maxGradientNorm,
        long seed,
        ScalarType computeType,
        TrainingOptions options) {
    public TrainingSettings {
        Rules.atLeast("epochs", epochs, 1);
        Rules.atLeast("batchRows", batchRows, 1);
        Rules.atLeast("maxLength", maxLength, 2);
        Rules.atLeast("accumulation", accumulation, 1);
        Rules.notNegative("maxGradientNorm", maxGradientNorm);
        if (computeType != ScalarType.FLOAT32 && computeType != ScalarType.BFLOAT16) {
            throw new IllegalArgumentException("computeType must be FLOAT32 or BFLOAT16, was " + computeType);
        }
    }

    /** Settings without options. */
    public TrainingSettings(
            int epochs,
            int batchRows,
            int maxLength,
            boolean packed,
            int accumulation,
            LearningRate learningRate,
            AdamW optimizer,
            double maxGradientNorm,
            long seed,
            ScalarType computeType) {
        this(
                epochs,
                batchRows,
                maxLength,
                packed,
                accumulation,
                learningRate,
                optimizer,
                maxGradientNorm,
                seed,
                computeType,
                TrainingOptions.NONE);
    }
}
