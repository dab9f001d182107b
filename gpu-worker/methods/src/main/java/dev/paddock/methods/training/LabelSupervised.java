package dev.paddock.methods.training;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.paddock.catalogue.CatalogueEntry;
import dev.paddock.catalogue.Parameter;
import jakarta.validation.Valid;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;

/** A classifier: adapters and a head that gives labels. */
@CatalogueEntry(
        id = "label-supervised",
        family = "labels",
        summary = "Trains a classifier of conversations, or of the tokens of a message.",
        paper = "Label Supervised LLaMA Finetuning",
        example = """
                {"method":"label-supervised","params":{"task":"sequence","r":16,"learningRate":0.0005,"epochs":4}}
                """)
public final class LabelSupervised implements GradientMethod<LabelSupervised.Params> {
    /** The terms of Hugging Face's trainer. */
    public record Params(
            @Parameter(value = "0.0005", description = "Peak learning rate of the optimizer")
            @DecimalMin(value = "0", inclusive = false) @DecimalMax("1") double learningRate,

            @Parameter(value = "3", description = "Passes over the training rows") @Min(1) @Max(1000) int epochs,

            @Parameter(value = "4", description = "Packed sequences per forward pass") @Min(1) @Max(1024) int batchSize,

            @Parameter(value = "512", description = "Tokens per packed sequence; longer rows are left out")
            @Min(16) @Max(131072) int sequenceLength,

            @JsonUnwrapped @Valid CourseParams course) {}

    @Override
    public String adapter() {
        return "lora";
    }

    @Override
    public String objective() {
        return "label-supervised";
    }

    @Override
    public boolean allowsObjective(String id, String family) {
        return id.equals(objective());
    }

    @Override
    public Course course(Params params) {
        return new Course(
                params.learningRate(), params.epochs(), params.batchSize(), params.sequenceLength(), params.course());
    }
}
