package dev.paddock.methods.training;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.paddock.catalogue.CatalogueEntry;
import dev.paddock.catalogue.Parameter;
import jakarta.validation.Valid;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;

/** Preferences: the reference is the model as the run begins, whose log-probabilities are measured once. */
@CatalogueEntry(
        id = "dpo",
        family = "preferences",
        summary = "Trains on preferences: dpo, ipo, simpo or orpo on pairs, kto on judged answers.",
        paper =
                "Direct Preference Optimization: Your Language Model is Secretly a Reward Model (as used by ANITA and Tower+)",
        example = """
                {"method":"dpo","objective":"simpo","params":{"beta":2,"gamma":0.5,"learningRate":0.00001}}
                """)
public final class Dpo implements GradientMethod<Dpo.Params> {
    /** The terms of Hugging Face's trainer. */
    public record Params(
            @Parameter(value = "0.00002", description = "Peak learning rate of the optimizer")
            @DecimalMin(value = "0", inclusive = false) @DecimalMax("1") double learningRate,

            @Parameter(value = "1", description = "Passes over the training rows") @Min(1) @Max(1000) int epochs,

            @Parameter(
                    value = "4",
                    description =
                            "Packed sequences per forward pass; kto estimates its reference point from their rows")
            @Min(1) @Max(1024) int batchSize,

            @Parameter(
                    value = "1024",
                    description =
                            "Tokens per packed sequence; both answers of a row with their prompts stand in one, and longer ones lose the beginning of their prompts")
            @Min(16) @Max(131072) int sequenceLength,

            @JsonUnwrapped @Valid CourseParams course) {}

    @Override
    public String adapter() {
        return "lora";
    }

    @Override
    public String objective() {
        return "dpo";
    }

    /** Any loss that compares answers. */
    @Override
    public boolean allowsObjective(String id, String family) {
        return family.equals("preferences");
    }

    @Override
    public Course course(Params params) {
        return new Course(
                params.learningRate(), params.epochs(), params.batchSize(), params.sequenceLength(), params.course());
    }
}
