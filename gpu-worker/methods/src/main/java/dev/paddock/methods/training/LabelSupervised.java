package dev.paddock.methods.training;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.paddock.catalogue.CatalogueEntry;
import dev.paddock.catalogue.Default;
import jakarta.validation.Valid;

/** A classifier: a head that gives labels, and adapters, or every weight, below it. */
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
            @Default(of = "learningRate", value = "0.0005") @JsonUnwrapped @Valid CourseParams course) implements WithCourse {}

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
}
