package dev.paddock.methods.training;

import dev.paddock.catalogue.Parameter;
import dev.paddock.llama.training.Selection;
import dev.paddock.llama.training.TrainingOptions;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;
import java.util.List;

/**
 * How a run goes over its rows, in the terms of Hugging Face's trainer; methods unwrap it among their own parameters, with their own
 * defaults.
 */
public record CourseParams(
        @Parameter(value = "0.0002", description = "Peak learning rate of the optimizer")
        @DecimalMin(value = "0", inclusive = false) @DecimalMax("1") double learningRate,

        @Parameter(value = "3", description = "Passes over the training rows, or over those of each phase")
        @Min(1) @Max(1000) int epochs,

        @Parameter(
                value = "4",
                description = "Packed sequences per forward pass; kto estimates its reference point from their rows")
        @Min(1) @Max(1024) int batchSize,

        @Parameter(
                value = "512",
                description =
                        "Tokens per packed sequence; longer rows are cut, divided or left out, as their objective has it")
        @Min(16) @Max(131072) int sequenceLength,

        @Parameter(value = "1", description = "Batches whose gradients are summed before an update") @Min(1) @Max(1024) int gradientAccumulation,

        @Parameter(value = "0.03", description = "Share of the updates with a rising learning rate")
        @DecimalMin("0") @DecimalMax("1") double warmupRatio,

        @Parameter(
                value = "cosine",
                description =
                        "How the learning rate falls after the warm-up: cosine, linear, constant, or wsd, which is"
                                + " stable and falls over the last updates")
        Schedule schedule,

        @Parameter(value = "0.1", description = "Share of the updates over which wsd lowers the learning rate")
        @DecimalMin(value = "0", inclusive = false) @DecimalMax("1") double decayRatio,

        @Parameter(
                value = "adamw",
                description =
                        "What updates the parameters: adamw; adamw-8bit, with moments in 8 bits; paged-adamw, with moments"
                                + " in a mapped file; adafactor, with factored second moments")
        OptimizerName optimizer,

        @Parameter(value = "0", description = "Decoupled weight decay") @DecimalMin("0") @DecimalMax("1") double weightDecay,

        @Parameter(value = "1", description = "Norm to which gradients are clipped")
        @DecimalMin(value = "0", inclusive = false) @DecimalMax("1000") double maxGradientNorm,

        @Parameter(
                value = "auto",
                description = "Numbers of the frozen base; auto: bf16 where the processor has it, else fp32")
        Precision precision,

        @Parameter(value = "50", description = "Updates between checkpoints; 0 for none before the end")
        @Min(0) @Max(1000000) int checkpointEvery,

        @Parameter(
                value = "true",
                description = "Whether several documents share a sequence, without seeing each other")
        boolean packing,

        @Parameter(value = "false", description = "Whether sequences of like length stand in the same batches")
        boolean groupByLength,

        @Parameter(
                value = "[]",
                description =
                        "Sources whose rows are trained one after another (phased), every source of the rows once; rows"
                                + " without source have source domain; [] shuffles all rows together (stacked)")
        @Size(max = 16) List<@Size(max = 200) String> phases,

        @Parameter(
                value = "false",
                description =
                        "Whether activations are computed again on the way back, which holds one block's at a time")
        boolean gradientCheckpointing,

        @Parameter(value = "0", description = "NEFTune: noise on the embeddings of training rows; 0 for none")
        @DecimalMin("0") @DecimalMax("100") double neftuneNoiseAlpha,

        @Parameter(value = "1", description = "Learning rate of a block over that of the block above it")
        @DecimalMin(value = "0", inclusive = false) @DecimalMax("1") double layerwiseLrDecay,

        @Parameter(value = "0", description = "Share of the rows that never train and are measured; 0 for none")
        @DecimalMin("0") @DecimalMax("0.5") double validationRatio,

        @Parameter(value = "50", description = "Updates between measurements; 0 for the first and the last one only")
        @Min(0) @Max(1000000) int evalSteps,

        @Parameter(
                value = "false",
                description = "Whether the state with the least validation loss is the result, instead of the last one")
        boolean loadBestModelAtEnd,

        @Parameter(
                value = "0",
                description = "Measurements without a lesser validation loss after which the run ends; 0 for none")
        @Min(0) @Max(1000) int earlyStoppingPatience) {
    /** What the loss on the held-out rows is called by. */
    static final String VALIDATION = "validation";

    /** Without rows to measure, nothing is better or worse. */
    @AssertTrue(
            message = "loadBestModelAtEnd and earlyStoppingPatience need validationRatio, the rows that they measure")
    boolean isSelectionMeasured() {
        return validationRatio > 0 || (!loadBestModelAtEnd && earlyStoppingPatience == 0);
    }

    /** What the run's result is. */
    Selection selection() {
        return loadBestModelAtEnd || earlyStoppingPatience > 0
                ? new Selection(VALIDATION, loadBestModelAtEnd, earlyStoppingPatience)
                : Selection.NONE;
    }

    /** The same in the engine's terms, with what else the engine takes at its default. */
    TrainingOptions options() {
        return new TrainingOptions(
                        0, neftuneNoiseAlpha, gradientCheckpointing, 1, layerwiseLrDecay, groupByLength, true)
                .withOptimizer(optimizer.kind())
                .withPhases(phases);
    }
}
