package dev.paddock.methods.training;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.paddock.catalogue.CatalogueEntry;
import dev.paddock.catalogue.Default;
import jakarta.validation.Valid;

/**
 * Every weight, trained on the answer's tokens; all rows together (stacked), or the rows of one source after another (phased). The
 * paper finds no difference in the result, and that stacked training needs fewer samples.
 */
@CatalogueEntry(
        id = "full",
        family = "full",
        summary = "Trains every weight; the result is a model of its own.",
        paper = "Unveiling the Secret Recipe: A Guide For Supervised Fine-Tuning Small LLMs",
        example = """
                {"method":"full","params":{"learningRate":0.00002,"schedule":"linear","optimizer":"adamw-8bit"}}
                """)
public final class Full implements GradientMethod<Full.Params> {
    /** The terms of Hugging Face's trainer. */
    public record Params(
            @Default(of = "learningRate", value = "0.00002") @Default(of = "epochs", value = "2") @JsonUnwrapped @Valid CourseParams course)
            implements WithCourse {}

    @Override
    public String adapter() {
        return "full";
    }

    @Override
    public String objective() {
        return "sft";
    }
}
