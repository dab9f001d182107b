package dev.paddock.methods.training;

import dev.paddock.catalogue.Parameter;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;

/** Documents that are measured and never learnt; methods over documents unwrap it among their own parameters. */
public record HeldOutParams(
        @Parameter(
                value = "0.05",
                description = "Share of each source's documents that is measured and never learnt; 0 for none")
        @DecimalMin("0")
        @DecimalMax("0.5")
        double heldOutRatio,

        @Parameter(value = "64", description = "Most held-out sequences that a measurement reads of each source")
        @Min(1)
        @Max(100000)
        int heldOutSequences,

        @Parameter(value = "50", description = "Updates between two measurements; 0 for the first and the last only")
        @Min(0)
        @Max(1000000)
        int evaluateEvery) {}
