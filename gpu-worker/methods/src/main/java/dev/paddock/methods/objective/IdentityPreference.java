package dev.paddock.methods.objective;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.paddock.catalogue.CatalogueEntry;
import dev.paddock.catalogue.Parameter;
import dev.paddock.llama.training.Lessons;
import dev.paddock.llama.training.objective.Ipo;
import jakarta.validation.Valid;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;

/** Identity preference optimization: a squared loss on pairs, whose lead is bounded. Rows are {@code messages} with {@code chosen} and {@code rejected}. */
@CatalogueEntry(
        id = "ipo",
        family = "preferences",
        summary = "Identity preference optimization: a squared loss on pairs, whose lead is bounded.",
        paper = "A General Theoretical Paradigm to Understand Learning from Human Preferences")
public final class IdentityPreference implements TrainingObjective<IdentityPreference.Params> {
    /** The terms of TRL. */
    public record Params(
            @Parameter(value = "0.1", description = "How strongly the model is held to the base")
            @DecimalMin(value = "0", inclusive = false) @DecimalMax("1000") double beta,

            @JsonUnwrapped @Valid OverlongParams rows) {}

    @Override
    public Lessons lessons(Params params, LessonInput input) {
        return Preferences.pairs(new Ipo(params.beta()), params.rows(), input);
    }
}
