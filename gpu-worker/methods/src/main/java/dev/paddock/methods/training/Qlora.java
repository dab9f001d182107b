package dev.paddock.methods.training;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.paddock.catalogue.CatalogueEntry;
import dev.paddock.catalogue.Parameter;
import jakarta.validation.Valid;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;

/** Low-rank adapters over a base in 4 bits, trained on the answer's tokens. */
@CatalogueEntry(
        id = "qlora",
        family = "adapters",
        summary = "Trains low-rank updates over a base whose matrices lie in 4 bits.",
        paper = "QLoRA: Efficient Finetuning of Quantized LLMs",
        example = """
                {"method":"qlora","params":{"r":16,"alpha":32,"optimizer":"paged-adamw","gradientCheckpointing":true}}
                """)
public final class Qlora implements GradientMethod<Qlora.Params> {
    /** The terms of Hugging Face's trainer. */
    public record Params(
            @Parameter(value = "0.0002", description = "Peak learning rate of the optimizer")
            @DecimalMin(value = "0", inclusive = false) @DecimalMax("1") double learningRate,

            @Parameter(value = "3", description = "Passes over the training rows") @Min(1) @Max(1000) int epochs,

            @Parameter(value = "4", description = "Packed sequences per forward pass") @Min(1) @Max(1024) int batchSize,

            @Parameter(value = "512", description = "Tokens per packed sequence; a longer row is cut")
            @Min(16) @Max(131072) int sequenceLength,

            @JsonUnwrapped @Valid CourseParams course) {}

    @Override
    public String adapter() {
        return "qlora";
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
