package dev.paddock.methods.training;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.paddock.catalogue.CatalogueEntry;
import dev.paddock.catalogue.Default;
import jakarta.validation.Valid;

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
            @Default(of = "learningRate", value = "0.00002")
            @Default(of = "epochs", value = "1")
            @Default(of = "sequenceLength", value = "1024")
            @JsonUnwrapped
            @Valid CourseParams course)
            implements WithCourse {}

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
}
