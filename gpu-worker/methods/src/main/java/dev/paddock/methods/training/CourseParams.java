package dev.paddock.methods.training;

import dev.paddock.catalogue.Parameter;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;

/** A run's updates, in the terms of Hugging Face's trainer; methods unwrap it among their own parameters. */
public record CourseParams(
        @Parameter(value = "1", description = "Batches whose gradients are summed before an update") @Min(1) @Max(1024)
        int gradientAccumulation,

        @Parameter(value = "0.03", description = "Share of the updates with a rising learning rate")
        @DecimalMin("0")
        @DecimalMax("1")
        double warmupRatio,

        @Parameter(
                value = "cosine",
                description =
                        "How the learning rate falls after the warm-up: cosine, linear, constant, or wsd, which is"
                                + " stable and falls over the last updates")
        Schedule schedule,

        @Parameter(value = "0.1", description = "Share of the updates over which wsd lowers the learning rate")
        @DecimalMin(value = "0", inclusive = false)
        @DecimalMax("1")
        double decayRatio,

        @Parameter(value = "0", description = "Decoupled weight decay of AdamW") @DecimalMin("0") @DecimalMax("1")
        double weightDecay,

        @Parameter(value = "1", description = "Norm to which gradients are clipped")
        @DecimalMin(value = "0", inclusive = false)
        @DecimalMax("1000")
        double maxGradientNorm,

        @Parameter(
                value = "auto",
                description = "Numbers of the frozen base; auto: bf16 where the processor has it, else fp32")
        Precision precision,

        @Parameter(value = "50", description = "Updates between checkpoints; 0 for none before the end")
        @Min(0)
        @Max(1000000)
        int checkpointEvery) {}
