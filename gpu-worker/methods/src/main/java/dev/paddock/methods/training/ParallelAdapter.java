package dev.paddock.methods.training;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.paddock.catalogue.CatalogueEntry;
import dev.paddock.catalogue.Parameter;
import jakarta.validation.Valid;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;

/** Bottleneck layers beside the linear layers, trained on the answer's tokens. */
@CatalogueEntry(
        id = "parallel-adapter",
        family = "adapters",
        summary = "Trains bottleneck layers beside the linear layers while the base stays frozen.",
        paper = "LLM-Adapters: An Adapter Family for Parameter-Efficient Fine-Tuning of Large Language Models",
        example = """
                {"method":"parallel-adapter","params":{"r":64,"targetModules":["up_proj","down_proj"],"dropout":0.05}}
                """)
public final class ParallelAdapter implements GradientMethod<ParallelAdapter.Params> {
    /** The terms of Hugging Face's trainer. */
    public record Params(
            @Parameter(value = "0.0005", description = "Peak learning rate of the optimizer")
            @DecimalMin(value = "0", inclusive = false) @DecimalMax("1") double learningRate,

            @Parameter(value = "3", description = "Passes over the training rows") @Min(1) @Max(1000) int epochs,

            @Parameter(value = "4", description = "Packed sequences per forward pass") @Min(1) @Max(1024) int batchSize,

            @Parameter(value = "512", description = "Tokens per packed sequence; a longer row is cut")
            @Min(16) @Max(131072) int sequenceLength,

            @JsonUnwrapped @Valid CourseParams course) {}

    @Override
    public String adapter() {
        return "parallel-adapter";
    }

    @Override
    public String objective() {
        return "sft";
    }

    @Override
    public Course course(Params params) {
        return new Course(
                params.learningRate(), params.epochs(), params.batchSize(), params.sequenceLength(), params.course());
    }
}
