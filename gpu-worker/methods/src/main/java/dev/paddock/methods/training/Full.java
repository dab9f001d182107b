package dev.paddock.methods.training;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.paddock.catalogue.CatalogueEntry;
import dev.paddock.catalogue.Parameter;
import jakarta.validation.Valid;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;

/**
 * Every weight, trained on the answer's tokens; all rows together (stacked), or the rows of one source after another (phased). The
 * paper finds no difference in the result, and that stacked training needs fewer samples.
 */
@CatalogueEntry(
        id = "full",
        family = "full",
        summary = "Trains every weight; the result is a model of its own.",
        paper = "Unveiling the Secret Recipe: A Guide For Supervised Fine-Tuning Small LLMs")
public final class Full implements GradientMethod<Full.Params> {
    /** The terms of Hugging Face's trainer. */
    public record Params(
            @Parameter(value = "0.00002", description = "Peak learning rate of the optimizer")
            @DecimalMin(value = "0", inclusive = false) @DecimalMax("1") double learningRate,

            @Parameter(value = "2", description = "Passes over the training rows") @Min(1) @Max(1000) int epochs,

            @Parameter(value = "4", description = "Packed sequences per forward pass") @Min(1) @Max(1024) int batchSize,

            @Parameter(value = "512", description = "Tokens per packed sequence; a longer row is cut")
            @Min(16) @Max(131072) int sequenceLength,

            @JsonUnwrapped @Valid CourseParams course) {}

    @Override
    public String adapter() {
        return "full";
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
